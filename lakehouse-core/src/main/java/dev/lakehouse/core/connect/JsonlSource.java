// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.codec.CodecException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A manifest with one JSON object on each line. Blank lines are passed over; a line that is no
 * object is refused and its neighbours are not.
 */
public final class JsonlSource implements Source {
  /** How many rows are looked at before a mapped field is taken for a mistake. */
  private static final int ROWS_TO_CHECK = 1000;

  private static final ObjectReader OBJECT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final Manifest manifest;

  private JsonlSource(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * Checks that the manifest is there and has the fields that are mapped to its content.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE or CONFIG_INVALID
   */
  public static JsonlSource open(ManifestOptions options) {
    Manifest manifest = Manifest.find(options);
    requireFields(manifest);
    return new JsonlSource(manifest);
  }

  private static void requireFields(Manifest manifest) {
    Set<String> found = new TreeSet<>();
    try (LineReader lines = new LineReader(manifest.open())) {
      Optional<Line> line = lines.next();
      for (int i = 0; i < ROWS_TO_CHECK && line.isPresent(); i++) {
        found.addAll(fieldsOrNone(line.get()));
        line = lines.next();
      }
    } catch (IOException e) {
      throw manifest.unreadable(e);
    }
    if (!found.isEmpty()) {
      manifest.mapping().content().requireIn(found, manifest.uri());
    }
  }

  private static Set<String> fieldsOrNone(Line line) {
    try {
      return fields(line.text()).keySet();
    } catch (CodecException e) {
      return Set.of(); // it will be refused when it is read
    }
  }

  @Override
  public String name() {
    return manifest.name();
  }

  @Override
  public Stream<SourceItem> items() {
    RowItems rows = new RowItems(manifest);
    return Reading.stream(() -> new LineReader(manifest.open()), manifest::unreadable)
        .flatMap(line -> item(rows, line).stream());
  }

  private static Optional<SourceItem> item(RowItems rows, Line line) {
    try {
      String text = line.text();
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(rows.item(line.number(), fields(text)));
    } catch (CodecException e) {
      return Optional.of(rows.malformed(line.number(), String.valueOf(e.getMessage())));
    }
  }

  private static Map<String, JsonNode> fields(String text) throws CodecException {
    try {
      JsonNode row = OBJECT.readValue(text);
      if (!row.isObject()) {
        throw Row.malformed("Expected a JSON object, found " + row.getNodeType());
      }
      Map<String, JsonNode> fields = new TreeMap<>();
      row.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
      return fields;
    } catch (JsonProcessingException e) {
      throw Row.malformed("Not JSON: " + e.getOriginalMessage());
    }
  }
}
