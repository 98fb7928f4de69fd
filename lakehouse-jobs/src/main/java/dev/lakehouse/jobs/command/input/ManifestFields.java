// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.manifest.Manifest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Names of the fields of a manifest, as its first line shows them; enough to guess by. */
final class ManifestFields {
  private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
  private static final int BOM = '\uFEFF';

  private ManifestFields() {}

  /** The fields; none where the first line shows none. */
  static List<String> read(SourceRequest.Kind kind, Path manifest) {
    InputStream text = Manifest.text(manifest.toString(), Map.of());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
      String first = first(lines);
      String line = !first.isEmpty() && first.charAt(0) == BOM ? first.substring(1) : first;
      return kind == SourceRequest.Kind.JSONL ? keys(line, manifest) : header(line);
    } catch (IOException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.SOURCE_UNAVAILABLE,
          "Cannot read manifest %s: %s",
          manifest,
          Hindrance.words(e));
    }
  }

  /** The first line that says something; empty where none does. */
  private static String first(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null && line.isBlank()) {
      line = lines.readLine();
    }
    return line == null ? "" : line;
  }

  private static List<String> keys(String line, Path manifest) throws IOException {
    JsonNode row = Json.mapper().readTree(line);
    if (row == null || !row.isObject()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot tell the fields of %s: expected one JSON object a line. Say what it is with --source"
              + " and --map",
          manifest);
    }
    List<String> keys = new ArrayList<>();
    row.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static List<String> header(String line) {
    return DELIMITERS.stream()
        .map(delimiter -> split(line, delimiter))
        .max(Comparator.comparingInt(List::size))
        .orElse(List.of());
  }

  private static List<String> split(String line, String delimiter) {
    return Stream.of(line.split(java.util.regex.Pattern.quote(delimiter)))
        .map(name -> name.strip().replaceAll("^\"|\"$", ""))
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
