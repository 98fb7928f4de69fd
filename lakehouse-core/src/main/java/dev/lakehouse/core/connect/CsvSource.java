// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.codec.CodecException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A manifest with a header and one record for each row, in UTF-8. The delimiter is the one of
 * comma, semicolon, tab and bar that splits the header into the most columns.
 */
public final class CsvSource implements Source {
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private final Manifest manifest;
  private final char delimiter;
  private final List<String> header;

  private CsvSource(Manifest manifest, char delimiter, List<String> header) {
    this.manifest = manifest;
    this.delimiter = delimiter;
    this.header = header;
  }

  /**
   * Checks that the manifest is there and has every mapped column.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE or CONFIG_INVALID
   */
  public static CsvSource open(ManifestOptions options) {
    Manifest manifest = Manifest.find(options);
    char delimiter = delimiter(manifest);
    List<String> header = header(manifest, delimiter);
    manifest.mapping().requireIn(header, manifest.uri());
    for (String column : manifest.mapping().fields().values()) {
      if (Collections.frequency(header, column) > 1) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Manifest %s has more than one column %s; rename one of them",
            manifest.uri(),
            column);
      }
    }
    return new CsvSource(manifest, delimiter, header);
  }

  private static char delimiter(Manifest manifest) {
    try (LineReader lines = new LineReader(manifest.open())) {
      Optional<Line> first = lines.next();
      char best = DELIMITERS[0];
      for (char delimiter : DELIMITERS) {
        if (first.isPresent() && columns(first.get(), delimiter) > columns(first.get(), best)) {
          best = delimiter;
        }
      }
      return best;
    } catch (IOException e) {
      throw manifest.unreadable(e);
    }
  }

  private static int columns(Line line, char delimiter) {
    CsvParser parser = new CsvParser(delimiter);
    try {
      parser.accept(line.text());
    } catch (CodecException e) {
      return 0; // a wrong delimiter often breaks the quotes
    }
    return parser.fields().size();
  }

  private static List<String> header(Manifest manifest, char delimiter) {
    try (CsvReader records = new CsvReader(new LineReader(manifest.open()), delimiter)) {
      Optional<CsvReader.Found> first = records.next();
      if (first.isEmpty() || first.get().error().isPresent()) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Manifest %s has no header: expected column names in its first line, found %s",
            manifest.uri(),
            first.flatMap(CsvReader.Found::error).orElse("an empty file"));
      }
      return first.get().fields().stream().map(String::strip).toList();
    } catch (IOException e) {
      throw manifest.unreadable(e);
    }
  }

  @Override
  public String name() {
    return manifest.name();
  }

  @Override
  public Stream<SourceItem> items() {
    RowItems rows = new RowItems(manifest);
    return Reading.stream(this::records, manifest::unreadable).map(record -> item(rows, record));
  }

  private CsvReader records() throws IOException {
    CsvReader records = new CsvReader(new LineReader(manifest.open()), delimiter);
    records.next(); // the header
    return records;
  }

  private SourceItem item(RowItems rows, CsvReader.Found record) {
    if (record.error().isPresent()) {
      return rows.malformed(record.line(), record.error().get());
    }
    if (record.fields().size() != header.size()) {
      return rows.malformed(
          record.line(),
          "Expected %d columns (%s), found %d"
              .formatted(header.size(), String.join(", ", header), record.fields().size()));
    }
    Map<String, JsonNode> fields = new TreeMap<>();
    for (int i = 0; i < header.size(); i++) {
      fields.put(header.get(i), TextNode.valueOf(record.fields().get(i)));
    }
    return rows.item(record.line(), fields);
  }
}
