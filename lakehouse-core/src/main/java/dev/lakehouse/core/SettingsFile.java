// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads files of settings: YAML, or lines of {@code key=value}. */
public final class SettingsFile {
  private SettingsFile() {}

  /**
   * What a settings file says, by key.
   *
   * @throws LakehouseException if it cannot be read or understood
   */
  public static Map<String, String> entries(Path file) {
    try {
      if (file.toString().endsWith(".yaml") || file.toString().endsWith(".yml")) {
        return readYaml(file);
      }
      return readProperties(file);
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Cannot read settings file %s: %s. Expected YAML or key=value lines, as in"
              + " conf/lakehouse-defaults.conf",
          file,
          Hindrance.words(e));
    }
  }

  private static Map<String, String> readYaml(Path file) throws IOException {
    JsonNode root =
        YamlText.keys(
            Files.readString(file),
            "settings file " + file,
            "Expected lines like 'lakehouse.embed.batch-size: 8'");
    Map<String, String> flat = new LinkedHashMap<>();
    flatten("", root, file, flat);
    return flat;
  }

  /** Keys may be written in full, or one below the other. */
  private static void flatten(String prefix, JsonNode node, Path file, Map<String, String> into) {
    node.fields()
        .forEachRemaining(
            field -> {
              String key = prefix + field.getKey();
              JsonNode value = field.getValue();
              if (value.isObject()) {
                flatten(key + ".", value, file, into);
              } else {
                requireOneValue(key, value, file);
                requireNew(into.put(key, value.asText()), key, file.toString());
              }
            });
  }

  private static void requireOneValue(String key, JsonNode value, Path file) {
    boolean none = value.isNull() || value.isValueNode() && value.asText().isBlank();
    if (none || !value.isValueNode()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot read settings file %s: %s has %s, expected one value",
          file,
          key,
          none ? "no value" : "a list");
    }
  }

  private static void requireNew(@Nullable String before, String key, String where) {
    if (before != null) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot read settings file %s: it sets %s a second time. Keep one of the two",
          where,
          key);
    }
  }

  private static Map<String, String> readProperties(Path file) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Cannot read settings file %s, line %d: expected key=value but found '%s'",
            file,
            number,
            text);
      }
      String key = text.substring(0, equals).strip();
      requireNew(
          found.put(key, text.substring(equals + 1).strip()), key, file + ", line " + number);
    }
    return found;
  }
}
