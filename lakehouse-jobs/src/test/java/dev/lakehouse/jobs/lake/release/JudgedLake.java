// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.AssetId;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.udfs.SparkColumns;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A small lake whose assets were judged and embedded, with vectors drawn from their digests. */
public final class JudgedLake {
  static final int DIM = 8;
  static final FamilyEncoder TEXT =
      FamilyEncoder.ofAll("text", "text", Digests.sha256("text encoder"), DIM, "words", hex("b1"));
  static final FamilyEncoder CLIP =
      FamilyEncoder.ofAll(
          "clip", "image", Digests.sha256("clip encoder"), DIM, "shapes", hex("b2"));
  static final ReleaseFamilies BOTH =
      new ReleaseFamilies(Map.of("text", TEXT, "clip", CLIP), List.of());
  static final String POLICY = hex("policy");

  public final LakeLayout layout;
  public final LakeTables tables;
  private static int judgements;

  public JudgedLake(Path root) {
    this.layout = LakeLayout.of(root.toString(), Settings.defaults());
    this.tables = new LakeTables(SparkTest.session(), layout::table);
    tables.fitQueries(0); // as a command does first
  }

  static String hex(String words) {
    return Digests.sha256(words);
  }

  public static Run run() {
    return Run.start(Clock.systemUTC());
  }

  public Publication publication() {
    return publicationThat(step -> {});
  }

  public Publication publicationThat(Publication.Steps steps) {
    return new Publication(tables, layout, run(), Progress.silent(), steps);
  }

  public PublishResult publish() {
    return publication().publish(BOTH, new PublishOptions(1, 1, PublishOptions.Mode.CONTINUE));
  }

  public PublishResult rebuild() {
    return publication().publish(BOTH, new PublishOptions(1, 1, PublishOptions.Mode.REBUILD));
  }

  public LakeTable catalog() {
    return tables.catalog();
  }

  /** A text asset that passes. */
  static Values text(String key, String text) {
    return asset(key, "text", "text/plain", Digests.sha256(text))
        .set("text", text)
        .set("captions", List.of());
  }

  /** An image asset that passes, with captions. */
  static Values image(String key, String... captions) {
    List<Object> structs = new ArrayList<>();
    for (String caption : captions) {
      structs.add(new Object[] {caption, Digests.sha256(caption)});
    }
    String digest = Digests.sha256("pixels of " + key);
    return asset(key, "image", "image/png", digest).set("blob", digest).set("captions", structs);
  }

  private static Values asset(String key, String modality, String mediaType, String digest) {
    return Values.of(Tables.FILTERED)
        .set("asset_id", AssetId.of("tests", key))
        .set("source", "tests")
        .set("key", key)
        .set("source_uri", "file:///tests/" + key)
        .set("modality", modality)
        .set("media_type", mediaType)
        .set("sha256", digest)
        .set("size_bytes", 100L)
        .set("captions_declared", false)
        .set("facts", Map.of("shelf", "a"))
        .set("state", "active")
        .set("trace_id", "t")
        .set("first_run", "r")
        .set("last_run", "r")
        .set("first_seen", Timestamp.from(Instant.EPOCH))
        .set("warnings", List.of())
        .set("verdict_status", "pass")
        .set("policy_digest", POLICY);
  }

  /** Makes these the assets that passed the latest judgement. */
  public void judge(Values... passed) {
    String judgement = hex("judgement " + judgements++);
    CommitNote note =
        CommitNote.of("r", "judge").mark("judgement", judgement).mark("policy", POLICY);
    List<Row> rows = new ArrayList<>();
    for (Values asset : passed) {
      rows.add(SparkColumns.row(asset.set("judgement_id", judgement)));
    }
    tables.table(Tables.VERDICTS).replace(rows(Tables.VERDICTS, List.of()), note);
    tables.table(Tables.FILTERED).replace(rows(Tables.FILTERED, rows), note);
  }

  /** Keeps the vector of every digest. */
  void embed(FamilyEncoder encoder, String... digests) {
    List<Row> rows = new ArrayList<>();
    for (String digest : digests) {
      rows.add(SparkColumns.row(outcome(encoder, digest).set("vector", vector(digest))));
    }
    insert(rows);
  }

  /** Keeps a vector that is too long, as no encoder of ours makes it. */
  void embedUnsound(FamilyEncoder encoder, String digest) {
    float[] vector = vector(digest);
    vector[0] += 1;
    insert(List.of(SparkColumns.row(outcome(encoder, digest).set("vector", vector))));
  }

  /** Keeps that a digest has no vector. */
  void failToEmbed(FamilyEncoder encoder, String digest) {
    insert(
        List.of(
            SparkColumns.row(
                outcome(encoder, digest)
                    .set("error_class", "input")
                    .set("error_code", "CORRUPT")
                    .set("error_message", "no"))));
  }

  /** Keeps the vector of a digest that had none at the first attempt. */
  void embedAtLast(FamilyEncoder encoder, String digest) {
    Row row = SparkColumns.row(outcome(encoder, digest).set("vector", vector(digest)));
    tables
        .table(Tables.EMBEDDINGS)
        .merge(
            rows(Tables.EMBEDDINGS, List.of(row)),
            CommitNote.of("r", "embed"),
            merge -> merge.whenMatched().updateAll());
  }

  private void insert(List<Row> rows) {
    tables
        .table(Tables.EMBEDDINGS)
        .insert(rows(Tables.EMBEDDINGS, rows), CommitNote.of("r", "embed"));
  }

  private static Values outcome(FamilyEncoder encoder, String digest) {
    return Values.of(Tables.EMBEDDINGS)
        .set("input_sha256", digest)
        .set("segment", "whole")
        .set("encoder", encoder.encoder())
        .set("family", encoder.family())
        .set("tower", encoder.modality())
        .set("dim", DIM)
        .set("attempts", 1)
        .set("run", "r");
  }

  /** A vector of norm 1 that depends on the digest alone. */
  static float[] vector(String digest) {
    Random random = new Random(digest.hashCode());
    float[] vector = new float[DIM];
    double square = 0;
    for (int i = 0; i < DIM; i++) {
      vector[i] = (float) random.nextGaussian();
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < DIM; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }

  Dataset<Row> rows(Table table, List<Row> rows) {
    return tables.spark().createDataFrame(rows, SparkColumns.schema(table));
  }
}
