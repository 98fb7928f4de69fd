// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that say where items come from. */
final class SourceFlags {
  @Option(names = "--source", paramLabel = "KIND", description = "files, coco, jsonl or csv.")
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--path",
      paramLabel = "URI",
      description =
          "files: a folder, or one file; lakes, .git and what systems leave behind are passed over."
              + " jsonl, csv: the manifest.")
  private Optional<String> path = Optional.empty();

  @Option(
      names = "--glob",
      paramLabel = "GLOB",
      description = "files: which relative paths, for example '**.{jpg,png}'. Default: all.")
  private Optional<String> glob = Optional.empty();

  @Option(names = "--annotations", paramLabel = "FILE", description = "coco: the annotation file.")
  private Optional<String> annotations = Optional.empty();

  @Option(names = "--images", paramLabel = "DIR", description = "coco: the folder of the images.")
  private Optional<String> images = Optional.empty();

  @Option(
      names = "--map",
      paramLabel = "ROLE=FIELD,…",
      description =
          "jsonl, csv: which field is what. Roles: id, text, image, caption, lang, licence, title,"
              + " group, consent, sensitivity.")
  private Optional<String> map = Optional.empty();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "jsonl, csv: folder of the files that rows name; nothing outside is read. Default: the"
              + " manifest's folder.")
  private Optional<String> root = Optional.empty();

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "jsonl, csv: how the manifest is encoded, for example windows-1252. Default: what a mark"
              + " at its beginning says, else UTF-8.")
  private Optional<String> encoding = Optional.empty();

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description =
          "csv: what stands between fields: a character, or comma, semicolon, tab, pipe, space."
              + " Default: what a line 'sep=' or the first rows say.")
  private Optional<String> delimiter = Optional.empty();

  @Option(
      names = "--quote",
      paramLabel = "CHAR|none",
      description = "csv: what stands around fields. Default: double quotes.")
  private Optional<String> quote = Optional.empty();

  @Option(
      names = "--escape",
      paramLabel = "CHAR|none",
      description =
          "csv: what stands before a quote inside quotes, for example backslash; none where quotes"
              + " are doubled. Default: what each row says.")
  private Optional<String> escape = Optional.empty();

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
      names = "--blobs",
      paramLabel = "copy|reference",
      description = "Copy bytes into the lake, or leave them where they are. Default: copy.")
  private Optional<String> blobs = Optional.empty();

  /**
   * What was asked for where a path may stand by itself.
   *
   * @param bare the path; its kind is guessed unless it was named
   * @param heard hears what was guessed
   */
  Optional<SourceRequest> request(Optional<Path> bare, Consumer<String> heard) {
    if (bare.isEmpty()) {
      return request();
    }
    if (path.isPresent()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Two paths were given: %s and --path %s. Give one of them",
          bare.get(),
          path.get());
    }
    Map<String, String> given = given();
    if (source.isPresent()) {
      SourceRequest.Kind kind = SourceRequest.Kind.of(source.get());
      given.put(kind.place(), bare.get().toString());
      return Optional.of(new SourceRequest(kind, given));
    }
    GuessedSource guess = GuessedSource.of(bare.get(), given);
    heard.accept(guess.words());
    guess.options().forEach(given::putIfAbsent);
    return Optional.of(new SourceRequest(guess.kind(), given));
  }

  /** What was asked for, if a source was named at all. */
  Optional<SourceRequest> request() {
    Map<String, String> given = given();
    if (source.isEmpty() && !given.isEmpty()) {
      throw missing();
    }
    return source.map(kind -> new SourceRequest(SourceRequest.Kind.of(kind), given));
  }

  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    path.ifPresent(value -> given.put("path", value));
    glob.ifPresent(value -> given.put("glob", value));
    annotations.ifPresent(value -> given.put("annotations", value));
    images.ifPresent(value -> given.put("images", value));
    map.ifPresent(value -> given.put("map", value));
    root.ifPresent(value -> given.put("root", value));
    encoding.ifPresent(value -> given.put("encoding", value));
    delimiter.ifPresent(value -> given.put("delimiter", value));
    quote.ifPresent(value -> given.put("quote", value));
    escape.ifPresent(value -> given.put("escape", value));
    name.ifPresent(value -> given.put("name", value));
    blobs.ifPresent(value -> given.put("blobs", value));
    if (sync) {
      given.put("sync", "true");
    }
    return given;
  }

  /** What was asked for. */
  SourceRequest required() {
    return request().orElseThrow(SourceFlags::missing);
  }

  private static LakehouseException missing() {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "No source was named: give --source files, coco, jsonl or csv."
            + " 'lakehouse ingest --help' shows an example of each");
  }
}
