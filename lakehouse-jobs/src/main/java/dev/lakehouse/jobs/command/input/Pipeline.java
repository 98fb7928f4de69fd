// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run written down: its sources and its settings (see {@code conf/pipeline.yaml}).
 *
 * @param sources in the order of the file; relative paths are taken from the file's folder
 * @param settings by key, {@code lakehouse.lake} among them where the file names a lake
 */
public record Pipeline(List<SourceRequest> sources, Map<String, String> settings) {
  private static final String EXAMPLE = "conf/pipeline.yaml is a commented example";
  private static final Set<String> KEYS = Set.of("sources", "settings");

  /**
   * Reads a pipeline file.
   *
   * @throws LakehouseException if it cannot be read or understood
   */
  public static Pipeline read(Path file) {
    try {
      JsonNode root = YamlText.keys(Files.readString(file), "pipeline file " + file, EXAMPLE);
      requireKeys(file, root);
      return new Pipeline(sources(file, root.path("sources")), texts(root.path("settings")));
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot read pipeline file %s: %s. %s",
          file,
          Hindrance.words(e),
          EXAMPLE);
    }
  }

  private static void requireKeys(Path file, JsonNode root) {
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw invalid(
                    file,
                    "unknown key '%s', expected sources or settings%s"
                        .formatted(
                            key,
                            Similar.near(key, KEYS)
                                .map(" (did you mean %s?)"::formatted)
                                .orElse("")));
              }
            });
  }

  private static List<SourceRequest> sources(Path file, JsonNode nodes) {
    Path folder = file.toAbsolutePath().resolveSibling("").normalize();
    List<SourceRequest> sources = new ArrayList<>();
    for (JsonNode node : nodes) {
      Map<String, String> options = texts(node);
      String kind = options.remove("source");
      int number = sources.size() + 1;
      if (kind == null) {
        throw invalid(
            file,
            "source %d lacks 'source: files|coco|jsonl|csv|parquet|delta|webdataset'"
                .formatted(number));
      }
      sources.add(request(file, number, kind, options).in(folder));
    }
    return sources;
  }

  private static SourceRequest request(
      Path file, int number, String kind, Map<String, String> options) {
    try {
      return new SourceRequest(SourceRequest.Kind.of(kind), options);
    } catch (LakehouseException e) {
      throw LakehouseException.because(
          e, e.code(), "Pipeline file %s, source %d: %s", file, number, e.getMessage());
    }
  }

  /** Plain values as they are; the roles of {@code map} as the command line writes them. */
  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.fields()
        .forEachRemaining(
            field ->
                texts.put(
                    field.getKey(),
                    field.getValue().isObject()
                        ? joined(texts(field.getValue()))
                        : field.getValue().asText()));
    return texts;
  }

  private static String joined(Map<String, String> roles) {
    return String.join(
        ",", roles.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
  }

  private static LakehouseException invalid(Path file, String why) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID, "Cannot understand pipeline file %s: %s. %s", file, why, EXAMPLE);
  }
}
