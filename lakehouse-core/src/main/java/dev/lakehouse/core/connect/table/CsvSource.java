// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.manifest.CsvOptions;
import dev.lakehouse.core.connect.manifest.FileReferences;
import dev.lakehouse.core.connect.manifest.Manifest;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.Reading;
import dev.lakehouse.core.connect.manifest.References;
import dev.lakehouse.core.connect.manifest.RowItems;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A manifest with a header and one record for each row. Encoding, line ends, delimiter and escapes
 * are found out where nobody names them; see {@link CsvFormat}.
 */
public final class CsvSource implements Source {
  private final Manifest manifest;
  private final References references;
  private final CsvFormat format;
  private final List<String> columns;

  private CsvSource(Manifest manifest, References references, CsvFormat format) {
    this.manifest = manifest;
    this.references = references;
    this.format = format;
    this.columns = format.columns();
  }

  /**
   * Checks that the manifest is there and has every mapped column.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE or CONFIG_INVALID
   */
  public static CsvSource open(ManifestOptions options) {
    return open(options, FileReferences::new);
  }

  /** The same for rows that name other things than files. */
  static CsvSource open(ManifestOptions options, References.Maker names) {
    Manifest manifest = Manifest.find(options);
    CsvSource source = new CsvSource(manifest, names.of(manifest), format(manifest, options.csv()));
    source.requireColumns();
    return source;
  }

  private static CsvFormat format(Manifest manifest, CsvOptions asked) {
    try {
      return CsvFormat.of(manifest, asked);
    } catch (IOException e) {
      throw manifest.unreadable(e);
    }
  }

  private void requireColumns() {
    if (format.header().isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Manifest %s has no header: expected column names in its first line, found none that can"
              + " be read (%s). --delimiter, --quote, --escape and --encoding tell how it is"
              + " written",
          manifest.uri(),
          reading());
    }
    manifest.mapping().requireIn(columns, manifest.uri());
    for (String column : manifest.mapping().fields().values()) {
      if (Collections.frequency(format.header(), column) > 1) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Manifest %s has more than one column %s; rename one of them",
            manifest.uri(),
            column);
      }
    }
  }

  @Override
  public String name() {
    return manifest.name();
  }

  @Override
  public Optional<String> manifest() {
    return Optional.of(manifest.uri());
  }

  @Override
  public boolean hasParts() {
    return true;
  }

  @Override
  public List<String> fields() {
    return columns;
  }

  @Override
  public Map<String, String> reading() {
    Map<String, String> reading = new LinkedHashMap<>();
    CsvDialect dialect = format.dialect();
    reading.put("manifest", manifest.uri());
    reading.put("rows name", references.words());
    reading.put("encoding", manifest.encoding().charset() + ", " + manifest.encoding().why());
    reading.put("line ends", format.returns() ? "CR" : "LF or CR LF");
    reading.put(
        "delimiter",
        CsvDialect.word(dialect.delimiter())
            + (dialect.spaced() ? " and the blanks behind it" : ""));
    reading.put("quote", CsvDialect.word(dialect.quote()));
    reading.put("escape", CsvDialect.word(dialect.escape()));
    if (format.separatorLine()) {
      reading.put("first line", "sep=" + dialect.delimiter());
    }
    return reading;
  }

  @Override
  public Stream<SourceItem> items() {
    RowItems rows = new RowItems(manifest, references);
    return Reading.stream(() -> format.records(manifest), manifest::unreadable)
        .map(record -> item(rows, record));
  }

  private SourceItem item(RowItems rows, CsvReader.Found record) {
    Place place = Place.line(manifest.uri(), record.line());
    if (record.error().isPresent()) {
      return rows.malformed(place, record.error().get());
    }
    List<String> values = record.fields();
    boolean surplus = values.stream().skip(columns.size()).anyMatch(value -> !value.isBlank());
    if (values.size() < columns.size() || surplus) {
      return rows.malformed(
          place,
          "Expected %d columns (%s), found %d; a value that holds '%s' or a line end stands in quotes"
              .formatted(
                  columns.size(),
                  String.join(", ", columns),
                  values.size(),
                  CsvDialect.word(format.dialect().delimiter())));
    }
    Map<String, JsonNode> fields = new TreeMap<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.put(columns.get(i), TextNode.valueOf(values.get(i)));
    }
    return rows.item(place, fields);
  }
}
