// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.input;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say where items come from. */
public final class SourceFlags {
  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description =
          "A folder, a picture, a text, a COCO file, a manifest, a table or tar shards; what it is, is seen.")
  private Optional<String> place = Optional.empty();

  @Option(
      names = "--source",
      paramLabel = "KIND",
      description =
          "files, coco, jsonl, csv, parquet, delta, webdataset or urls. Default: what the path is,"
              + " but never urls.")
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--path",
      paramLabel = "URI",
      description =
          "files: a folder, or one file; lakes, .git and what systems leave behind are passed over."
              + " jsonl, csv: the manifest. parquet, delta: the table. webdataset: a folder of shards, a shard, or a pattern as"
              + " 'shards/train-{000..127}.tar'. urls: a CSV, a JSONL or a text with a URL a line.")
  private Optional<String> path = Optional.empty();

  @Option(
      names = "--glob",
      paramLabel = "GLOB",
      description =
          "files, webdataset: which relative paths, for example '**.{jpg,png}'. Default: all, and of"
              + " webdataset .tar, .tar.gz and .tgz.")
  private Optional<String> glob = Optional.empty();

  @Option(names = "--annotations", paramLabel = "FILE", description = "coco: the annotation file.")
  private Optional<String> annotations = Optional.empty();

  @Option(names = "--images", paramLabel = "DIR", description = "coco: the folder of the images.")
  private Optional<String> images = Optional.empty();

  @Option(
      names = "--map",
      paramLabel = "ROLE=FIELD,…",
      description =
          "jsonl, csv, parquet, delta, urls: which field is what. Roles: id, text, image (or file), caption, transcript,"
              + " lang, licence, title, group, consent, sensitivity. webdataset: the same of .json"
              + " members, without id, image and group. Default there: by their usual names.")
  private List<String> map = List.of();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "jsonl, csv, parquet, delta: folder of the files that rows name; nothing outside is read."
              + " Default: the manifest's folder.")
  private Optional<String> root = Optional.empty();

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "jsonl, csv, urls: how the manifest is encoded, for example windows-1252. Default: what a mark"
              + " at its beginning says, else UTF-8.")
  private Optional<String> encoding = Optional.empty();

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description =
          "csv, urls: what stands between fields: a character, or comma, semicolon, tab, pipe, space."
              + " Default: what a line 'sep=' or the first rows say.")
  private Optional<String> delimiter = Optional.empty();

  @Option(
      names = "--quote",
      paramLabel = "CHAR|none",
      description = "csv, urls: what stands around fields. Default: double quotes.")
  private Optional<String> quote = Optional.empty();

  @Option(
      names = "--escape",
      paramLabel = "CHAR|none",
      description =
          "csv, urls: what stands before a quote inside quotes, for example backslash; none where quotes"
              + " are doubled. Default: what each row says.")
  private Optional<String> escape = Optional.empty();

  @Option(
      names = "--key-end",
      paramLabel = "first-dot|last-dot",
      description =
          "webdataset: where the key in the name of a member ends. Default: at the first dot of its"
              + " last segment, as the format says.")
  private Optional<String> keyEnd = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the source, part of every asset id. Default: its canonical URI.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--sync",
      description = "Mark as gone what the source no longer has. Default: keep it.")
  private boolean sync;

  @Option(
      names = "--reread",
      description =
          "Read every file again. Default: only those whose size, times or ETag are not what they"
              + " were.")
  private boolean reread;

  @Option(
      names = "--blobs",
      paramLabel = "copy|reference",
      description = "Copy bytes into the lake, or leave them where they are. Default: copy.")
  private Optional<String> blobs = Optional.empty();

  /**
   * What was asked for, if a source was named at all. The kind of what is named without one is
   * guessed.
   *
   * @param heard hears what was guessed
   */
  public Optional<SourceRequest> request(Consumer<String> heard) {
    if (place.isPresent() && path.isPresent()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Two paths were given: %s and --path %s. Give one of them",
          place.get(),
          path.get());
    }
    Map<String, String> given = given();
    if (source.isPresent()) {
      SourceRequest.Kind kind = SourceRequest.Kind.of(source.get());
      place.ifPresent(value -> given.put(kind.place(), value));
      return Optional.of(new SourceRequest(kind, given));
    }
    Optional<String> named = named();
    if (named.isEmpty() && !given.isEmpty()) {
      throw missing();
    }
    return named.map(value -> guessed(value, given, heard));
  }

  /** Where a lake may stand that nobody named: beside a place of this machine. */
  public Optional<Path> besides() {
    return named().flatMap(GuessedSource::local);
  }

  /** A place by itself. */
  private Optional<String> named() {
    return source.isPresent() ? place : place.or(() -> path);
  }

  private static SourceRequest guessed(
      String place, Map<String, String> given, Consumer<String> heard) {
    GuessedSource guess = GuessedSource.of(place, given);
    heard.accept(guess.words());
    given.remove("path");
    guess.options().forEach(given::putIfAbsent);
    return new SourceRequest(guess.kind(), given);
  }

  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    path.ifPresent(value -> given.put("path", value));
    glob.ifPresent(value -> given.put("glob", value));
    annotations.ifPresent(value -> given.put("annotations", value));
    images.ifPresent(value -> given.put("images", value));
    if (!map.isEmpty()) {
      given.put("map", String.join(",", map));
    }
    root.ifPresent(value -> given.put("root", value));
    encoding.ifPresent(value -> given.put("encoding", value));
    delimiter.ifPresent(value -> given.put("delimiter", value));
    quote.ifPresent(value -> given.put("quote", value));
    escape.ifPresent(value -> given.put("escape", value));
    keyEnd.ifPresent(value -> given.put("key-end", value));
    name.ifPresent(value -> given.put("name", value));
    blobs.ifPresent(value -> given.put("blobs", value));
    if (sync) {
      given.put("sync", "true");
    }
    if (reread) {
      given.put("reread", "true");
    }
    return given;
  }

  /**
   * What was asked for.
   *
   * @param heard hears what was guessed
   */
  public SourceRequest required(Consumer<String> heard) {
    return request(heard).orElseThrow(SourceFlags::missing);
  }

  private static LakehouseException missing() {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "No source was named: give a folder or a manifest, or --source files, coco, jsonl, csv,"
            + " parquet, delta, webdataset or urls. 'lakehouse ingest --help' shows an example of each");
  }
}
