// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A source as somebody asked for it, from options or from a pipeline file, checked for what goes
 * with its kind.
 *
 * @param kind what it is
 * @param options by the names that the command line uses, without dashes
 */
record SourceRequest(Kind kind, Map<String, String> options) {

  /** The kinds of sources, and the options of each. */
  enum Kind {
    FILES(List.of("path"), List.of("name", "glob", "sync", "blobs")),
    COCO(List.of("annotations", "images"), List.of("name", "sync", "blobs")),
    JSONL(List.of("path", "map"), List.of("root", "name", "sync", "blobs")),
    CSV(List.of("path", "map"), List.of("root", "name", "sync", "blobs"));

    private final List<String> needed;
    private final List<String> allowed;

    Kind(List<String> needed, List<String> allowed) {
      this.needed = needed;
      this.allowed = allowed;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return Arrays.stream(values())
          .filter(kind -> kind.word().equals(word))
          .findAny()
          .orElseThrow(
              () ->
                  invalid(
                      "there is no source '%s'; there are %s"
                          .formatted(
                              word,
                              Arrays.stream(values())
                                  .map(Kind::word)
                                  .collect(Collectors.joining(", ")))));
    }
  }

  SourceRequest {
    options = Map.copyOf(options);
    for (String name : kind.needed) {
      if (!options.containsKey(name)) {
        throw invalid("source %s needs '%s'".formatted(kind.word(), name));
      }
    }
    for (String name : options.keySet()) {
      if (!kind.needed.contains(name) && !kind.allowed.contains(name)) {
        throw invalid("'%s' does not go with source %s".formatted(name, kind.word()));
      }
    }
    requireOneOf(options, "blobs", "copy", "reference");
    requireOneOf(options, "sync", "true", "false");
  }

  private static void requireOneOf(Map<String, String> options, String name, String... values) {
    Optional.ofNullable(options.get(name))
        .filter(value -> !List.of(values).contains(value))
        .ifPresent(
            value -> {
              throw invalid(
                  "'%s' is '%s', expected %s".formatted(name, value, String.join(" or ", values)));
            });
  }

  private static LakehouseException invalid(String why) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Invalid source: %s. 'lakehouse ingest --help' shows what goes together",
        why);
  }

  /** The same request with relative local paths taken from a folder. */
  SourceRequest in(java.nio.file.Path folder) {
    Map<String, String> placed = new LinkedHashMap<>(options);
    for (String name : List.of("path", "annotations", "images", "root")) {
      placed.computeIfPresent(
          name, (key, value) -> value.contains(":/") ? value : folder.resolve(value).toString());
    }
    return new SourceRequest(kind, placed);
  }

  String text(String name) {
    return Optional.ofNullable(options.get(name)).orElseThrow();
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(options.get(name));
  }

  boolean sync() {
    return Boolean.parseBoolean(options.get("sync"));
  }
}
