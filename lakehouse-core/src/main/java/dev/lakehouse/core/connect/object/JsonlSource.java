// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.manifest.FileReferences;
import dev.lakehouse.core.connect.manifest.LineReader;
import dev.lakehouse.core.connect.manifest.Manifest;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.Reading;
import dev.lakehouse.core.connect.manifest.References;
import dev.lakehouse.core.connect.manifest.RowItems;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A manifest of JSON objects: one on each line, or an array of them, or documents one after the
 * other. Blank lines are passed over; a line that is no object is refused and its neighbours are
 * not.
 */
public final class JsonlSource implements Source {
  /** How many rows are looked at before one asks whether a mapped field is there at all. */
  private static final int ROWS_TO_CHECK = 1000;

  private final Manifest manifest;
  private final References references;
  private final JsonLayout layout;
  private final Set<String> fields;

  private JsonlSource(
      Manifest manifest, References references, JsonLayout layout, Set<String> fields) {
    this.manifest = manifest;
    this.references = references;
    this.layout = layout;
    this.fields = fields;
  }

  /**
   * Checks that the manifest is there and has the fields that are mapped to its content.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE or CONFIG_INVALID
   */
  public static JsonlSource open(ManifestOptions options) {
    return open(options, FileReferences::new);
  }

  /** The same for rows that name other things than files. */
  static JsonlSource open(ManifestOptions options, References.Maker names) {
    Manifest manifest = Manifest.find(options);
    try {
      JsonLayout layout = JsonLayout.of(manifest);
      Set<String> fields = fields(manifest, layout);
      if (!fields.isEmpty()) {
        manifest.mapping().content().requireIn(fields, manifest.uri());
      }
      return new JsonlSource(manifest, names.of(manifest), layout, fields);
    } catch (IOException e) {
      throw manifest.unreadable(e);
    }
  }

  /** Of the first rows, or of as many as it takes to meet every field that holds content. */
  private static Set<String> fields(Manifest manifest, JsonLayout layout) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Reading<JsonDocuments.Found> rows = rows(manifest, layout)) {
      Optional<JsonDocuments.Found> row = rows.next();
      for (int i = 0; row.isPresent(); i++) {
        found.addAll(row.get().fields().keySet());
        if (i >= ROWS_TO_CHECK && manifest.mapping().content().isIn(found)) {
          break;
        }
        row = rows.next();
      }
    }
    return found;
  }

  private static Reading<JsonDocuments.Found> rows(Manifest manifest, JsonLayout layout)
      throws IOException {
    return layout == JsonLayout.LINES
        ? new JsonLines(new LineReader(manifest.open()), manifest.uri())
        : new JsonDocuments(manifest.open(), manifest.uri());
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
    return List.copyOf(fields);
  }

  @Override
  public Map<String, String> reading() {
    Map<String, String> reading = new LinkedHashMap<>();
    reading.put("manifest", manifest.uri());
    reading.put("rows name", references.words());
    reading.put("encoding", manifest.encoding().charset() + ", " + manifest.encoding().why());
    reading.put("layout", layout.words());
    return reading;
  }

  @Override
  public Stream<SourceItem> items() {
    RowItems items = new RowItems(manifest, references);
    return Reading.stream(() -> rows(manifest, layout), manifest::unreadable)
        .map(
            row ->
                row.error().isPresent()
                    ? items.malformed(row.place(), row.error().get())
                    : items.item(row.place(), row.fields()));
  }
}
