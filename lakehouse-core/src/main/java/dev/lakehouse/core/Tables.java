// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.Column.required;
import static dev.lakehouse.core.ColumnType.Scalar.BIGINT;
import static dev.lakehouse.core.ColumnType.Scalar.BOOLEAN;
import static dev.lakehouse.core.ColumnType.Scalar.DOUBLE;
import static dev.lakehouse.core.ColumnType.Scalar.FLOAT;
import static dev.lakehouse.core.ColumnType.Scalar.INT;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;
import static dev.lakehouse.core.ColumnType.Scalar.TIMESTAMP;

import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.StringMap;
import dev.lakehouse.core.ColumnType.StructOf;
import java.util.ArrayList;
import java.util.List;

/** The tables of the lake whose columns are the same whatever it holds. */
public final class Tables {
  private static final ColumnType STRINGS = new ArrayOf(STRING);
  private static final ColumnType VECTOR = new ArrayOf(FLOAT);

  /** A text about an image, in the order that the source gave. */
  public static final ColumnType CAPTIONS =
      new ArrayOf(
          new StructOf(
              List.of(
                  required("text", STRING, "the caption"),
                  required("sha256", STRING, "digest of its UTF-8 bytes"))));

  /** Passages of a text, in reading order. */
  public static final ColumnType PASSAGES =
      new ArrayOf(
          new StructOf(
              List.of(
                  required(
                      "segment", STRING, "its place: page/3, chars/1200-1900, page/3/chars/0-800"),
                  required("text", STRING, "the passage"),
                  required("sha256", STRING, "digest of its UTF-8 bytes"))));

  /** Pictures of a film, in the order of their times. */
  public static final ColumnType KEYFRAMES =
      new ArrayOf(
          new StructOf(
              List.of(
                  required("segment", STRING, "the seconds that it stands for: time/42.0-47.5"),
                  required("sha256", STRING, "digest of the blob, a JPEG"),
                  required("size_bytes", BIGINT, "bytes of the blob"))));

  /** What is known of each thing that a source offered. */
  public static final Table ASSETS =
      new Table(
          "assets",
          List.of(
              required("asset_id", STRING, "first 32 hex digits of SHA-256(source, NUL, key)"),
              required("source", STRING, "name of the source"),
              required("key", STRING, "relative path, record id, or line:<n>"),
              required("source_uri", STRING, "where the bytes came from"),
              required("modality", STRING, "image, text, table, audio, video, document or unknown"),
              required("media_type", STRING, "what the bytes say"),
              optional("name_media_type", STRING, "what the name says"),
              optional("name_modality", STRING, "modality of what the name says"),
              required("sha256", STRING, "digest of the inline UTF-8 text or of the blob"),
              required("size_bytes", BIGINT, "bytes in the source"),
              optional("text", STRING, "the content, where it is inline"),
              optional("blob", STRING, "digest of the blob, where it is one"),
              optional("blob_uri", STRING, "place of a referenced blob outside the store"),
              optional("source_charset", STRING, "charset that the text was decoded from"),
              optional("source_sha256", STRING, "digest of the source bytes of an inline text"),
              optional("content_error", STRING, "stable code of what is wrong with the content"),
              optional("title", STRING, "a short name for people"),
              required("captions", CAPTIONS, "texts about an image"),
              required("captions_declared", BOOLEAN, "whether the source promises captions"),
              optional("language", STRING, "language that the source declares, ISO 639"),
              optional("licence", STRING, "licence that the source declares"),
              optional("consent", STRING, "consent that the source declares"),
              optional("sensitivity", STRING, "sensitivity that the source declares"),
              optional("group_id", STRING, "assets that belong together"),
              required("facts", new StringMap(), "everything else that the source said"),
              required("state", STRING, "active or gone"),
              required("trace_id", STRING, "follows the asset through every report"),
              required("first_run", STRING, "run that first saw it"),
              required("last_run", STRING, "run that last changed it"),
              required("first_seen", TIMESTAMP, "when it was first seen")),
          List.of("asset_id"));

  /**
   * In which state the file of an asset was read, so that it is not read again in the same one.
   * Nothing is computed from it.
   */
  public static final Table SIGHTINGS =
      new Table(
          "sightings",
          List.of(
              required("asset_id", STRING, "the asset"),
              required("asset_run", STRING, "last_run of the asset that was made of it"),
              required("mark", STRING, "digest of the file's state, of how it was read, and more")),
          List.of("asset_id"));

  /** What was taken out of contents: one row that says how it went, and one for each piece. */
  public static final Table DERIVED =
      new Table(
          "derived",
          List.of(
              required("sha256", STRING, "digest of the content"),
              required("deriver", STRING, "name and version of what read it: text-passages@2"),
              required("segment", STRING, "whole, which says how it went, or place of a piece"),
              required("position", INT, "0 for the whole, then 1, 2, 3, … in reading order"),
              optional("text", STRING, "the passage"),
              optional("text_sha256", STRING, "digest of its UTF-8 bytes"),
              optional("passages", INT, "of the whole: how many pieces there are"),
              optional("blob", STRING, "digest of a picture or enclosed file, which is a blob"),
              optional("size_bytes", BIGINT, "bytes of the blob"),
              optional("name", STRING, "what an enclosed file is called in its document"),
              optional("part", INT, "page, slide or sheet that it stands in, where that is known"),
              optional("error_class", STRING, "input, storage, limit or internal"),
              optional("error_code", STRING, "stable code"),
              optional("error_message", STRING, "for people"),
              required("attempts", INT, "how often it was tried"),
              required("run", STRING, "run that derived it")),
          List.of("sha256", "deriver", "segment"));

  /** Which assets are the same; elects nobody. */
  public static final Table DUPLICATES =
      new Table(
          "duplicates",
          List.of(
              required("asset_id", STRING, "a member"),
              required("kind", STRING, "exact"),
              required("cluster_id", STRING, "the same for all members"),
              required("cluster_size", INT, "members"),
              required("evidence", STRING, "why they are the same")),
          List.of("asset_id", "kind"));

  /** What reviewers said; the last counts. */
  public static final Table DECISIONS =
      new Table(
          "decisions",
          List.of(
              required("asset_id", STRING, "the asset"),
              required("decision", STRING, "approve or reject"),
              required("reason", STRING, "in words"),
              required("reviewer", STRING, "who"),
              required("decided_at", TIMESTAMP, "when"),
              required("decision_id", STRING, "orders decisions of the same instant")),
          List.of("decision_id"));

  /** The judgement of every active asset. */
  public static final Table VERDICTS =
      new Table(
          "verdicts",
          List.of(
              required("asset_id", STRING, "the asset"),
              required("source_uri", STRING, "where it came from"),
              required("modality", STRING, "of the asset"),
              required("sha256", STRING, "digest of the judged content"),
              required("verdict_status", STRING, "pass, fail, review or pending"),
              required("reasons", STRINGS, "codes of what stands against it"),
              required("rules", STRINGS, "names of the rules that it tripped, warnings included"),
              required("warnings", STRINGS, "codes that change nothing"),
              optional("keeper", STRING, "the asset kept in its place, for a duplicate"),
              required("judgement_id", STRING, "digest of lake, policy and input commits"),
              required("policy_digest", STRING, "SHA-256 of the policy")),
          List.of("asset_id"));

  /** The assets that passed: everything that a release may be made of. */
  public static final Table FILTERED =
      new Table(
          "filtered",
          with(
              ASSETS.columns(),
              optional("passages", PASSAGES, "passages of its text, where it has several"),
              optional("keyframes", KEYFRAMES, "pictures of a film"),
              optional("width", INT, "pixels"),
              optional("height", INT, "pixels"),
              optional("detected_language", STRING, "ISO 639-3"),
              required("warnings", STRINGS, "codes that changed nothing"),
              required("verdict_status", STRING, "pass"),
              required("judgement_id", STRING, "of the judgement that let it pass"),
              required("policy_digest", STRING, "of the policy that let it pass")),
          List.of("asset_id"));

  /** One outcome row for each input and encoder: a vector, or what stood in the way. */
  public static final Table EMBEDDINGS =
      new Table(
          "embeddings",
          List.of(
              required("input_sha256", STRING, "digest of the text or blob"),
              required("segment", STRING, "part of the input: whole"),
              required("encoder", STRING, "digest of the encoder"),
              required("family", STRING, "text, clip, or one that a setting names"),
              required("tower", STRING, "image, text or audio"),
              required("dim", INT, "length of the vector"),
              optional("vector", VECTOR, "norm 1"),
              optional("error_class", STRING, "input, storage, limit or internal"),
              optional("error_code", STRING, "stable code"),
              optional("error_message", STRING, "for people"),
              required("attempts", INT, "how often it was tried"),
              required("run", STRING, "run that computed it")),
          List.of("input_sha256", "segment", "encoder"));

  /** What is published, without the vectors of families; written by publish alone. */
  public static final Table PUBLISHED =
      new Table(
          "catalog",
          List.of(
              required("asset_id", STRING, "the asset"),
              required("source", STRING, "name of the source"),
              required("source_uri", STRING, "where the bytes came from"),
              required("modality", STRING, "image or text"),
              required("media_type", STRING, "what the bytes say"),
              required("sha256", STRING, "digest of the content"),
              optional("text", STRING, "the content, where it is inline"),
              optional("blob", STRING, "digest of the blob, where it is one"),
              optional("title", STRING, "a short name for people"),
              required("captions", CAPTIONS, "texts about an image, those of its copies too"),
              optional("passages", PASSAGES, "passages of its text, where it has several"),
              optional("keyframes", KEYFRAMES, "pictures of a film"),
              optional("language", STRING, "declared, else detected"),
              optional("licence", STRING, "licence that the source declares"),
              optional("group_id", STRING, "assets that belong together"),
              optional("width", INT, "pixels"),
              optional("height", INT, "pixels"),
              required(
                  "facts",
                  new StringMap(),
                  "everything else that the source said; caption/<n>.key and the like, of a copy's caption"),
              required("warnings", STRINGS, "codes that changed nothing"),
              required("trace_id", STRING, "follows the asset through every report"),
              required("verdict_status", STRING, "pass"),
              required("judgement_id", STRING, "judgement that let this row in"),
              required("policy_digest", STRING, "policy that let this row in")),
          List.of("asset_id"));

  /** One index of a release. */
  public static final ColumnType FAMILIES =
      new ArrayOf(
          new StructOf(
              List.of(
                  required("family", STRING, "text, clip, or one that a setting names"),
                  required("encoder", STRING, "digest of the encoder of every vector"),
                  required("bundle", STRING, "name of the model bundle"),
                  required("bundle_digest", STRING, "digest of the model bundle"),
                  required("dim", INT, "length of every vector"),
                  required("path", STRING, "below the index root"),
                  required("lance_version", BIGINT, "version of the Lance dataset"),
                  required("lance_tag", STRING, "tag that holds the version"),
                  required("rows", BIGINT, "segments in the index"))));

  /** How much of what is near one index of a release finds. */
  public static final ColumnType RECALLS =
      new ArrayOf(
          new StructOf(
              List.of(
                  required("search", STRING, "exact or approximate"),
                  required("sample", INT, "vectors whose neighbours were looked for"),
                  required("at10", DOUBLE, "share of their ten nearest others that were found"),
                  required("unindexed", BIGINT, "rows outside the vector index"))));

  /** The single commit point: what is published, by version. */
  public static final Table RELEASES =
      new Table(
          "releases",
          List.of(
              required("sequence", BIGINT, "1, 2, 3, …"),
              required("release_id", STRING, "digest of lake, commits, models and parent"),
              optional("parent", STRING, "release that it followed"),
              required("created_at", TIMESTAMP, "when"),
              required("catalog_version", BIGINT, "Delta version of the catalog"),
              required("filtered_version", BIGINT, "Delta version of filtered"),
              required("embeddings_version", BIGINT, "Delta version of embeddings; -1 without"),
              required("judgement_id", STRING, "of filtered"),
              required("policy_digest", STRING, "of the policy"),
              required("constraints_digest", STRING, "of the catalog's constraints"),
              required("families", FAMILIES, "the indexes"),
              required("families_off", STRINGS, "families that were left out, and why"),
              optional(
                  "family_towers",
                  STRINGS,
                  "of each index, the towers whose vectors it holds, such as audio+image"),
              optional(
                  "family_parts",
                  STRINGS,
                  "of each index, the parts of assets that it holds, such as own+caption"),
              optional(
                  "family_needs",
                  STRINGS,
                  "of each index, whether assets wait for its vectors: required or optional"),
              optional(
                  "family_recall", RECALLS, "of each index, how much of what is near it finds"),
              required("published", BIGINT, "rows of the catalog"),
              required("pending", BIGINT, "passing assets whose vector is missing"),
              required("dead", BIGINT, "passing assets whose embedding failed"),
              required("run", STRING, "run that made it"),
              required("state", STRING, "released or withdrawn")),
          List.of("sequence"));

  /** Inputs that never became an asset. */
  public static final Table DEAD_LETTERS =
      new Table(
          "dead_letters",
          List.of(
              required("run", STRING, "run that met it last"),
              required("stage", STRING, "ingest, measure or embed"),
              required("source", STRING, "name of the source"),
              required("source_uri", STRING, "where it was"),
              required("key", STRING, "relative path, record id, or line:<n>"),
              optional("asset_id", STRING, "where it became an asset"),
              optional("segment", STRING, "part of the asset: whole or caption/<n>"),
              required("error_class", STRING, "input, storage, limit or internal"),
              required("error_code", STRING, "stable code"),
              required("error_message", STRING, "for people")),
          List.of("stage", "source_uri", "key"));

  /** Names of all tables of a lake, in the order of the flow. */
  public static final List<String> NAMES =
      List.of(
          ASSETS.name(),
          DERIVED.name(),
          "measurements", // whose columns are those of the probes
          DUPLICATES.name(),
          DECISIONS.name(),
          VERDICTS.name(),
          FILTERED.name(),
          EMBEDDINGS.name(),
          PUBLISHED.name(),
          RELEASES.name(),
          DEAD_LETTERS.name());

  private Tables() {}

  private static List<Column> with(List<Column> columns, Column... more) {
    List<Column> all = new ArrayList<>(columns);
    all.addAll(List.of(more));
    return all;
  }
}
