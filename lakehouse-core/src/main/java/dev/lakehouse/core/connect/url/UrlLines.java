// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.Role;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.manifest.LineReader;
import dev.lakehouse.core.connect.manifest.Manifest;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.Reading;
import dev.lakehouse.core.connect.manifest.RowItems;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.manifest.TextLine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A text with a URL on each line; blank lines are passed over. */
final class UrlLines implements Source {
  private static final String FIELD = "url";

  private final Manifest manifest;

  private UrlLines(Manifest manifest) {
    this.manifest = manifest;
  }

  static UrlLines open(ManifestOptions options) {
    return new UrlLines(
        Manifest.find(
            new ManifestOptions(
                options.path(),
                new RowMapping(Map.of(Role.IMAGE, FIELD)),
                options.root(),
                options.name(),
                options.hadoopConf(),
                options.encoding(),
                options.csv())));
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
  public Map<String, String> reading() {
    Map<String, String> reading = new LinkedHashMap<>();
    reading.put("manifest", manifest.uri());
    reading.put("layout", "a URL on each line");
    reading.put("encoding", manifest.encoding().charset() + ", " + manifest.encoding().why());
    return reading;
  }

  @Override
  public Stream<SourceItem> items() {
    RowItems rows = new RowItems(manifest, new UrlReferences());
    return Reading.stream(() -> new LineReader(manifest.open()), manifest::unreadable)
        .flatMap(line -> item(rows, line).stream());
  }

  private Optional<SourceItem> item(RowItems rows, TextLine line) {
    Place place = Place.line(manifest.uri(), line.number());
    try {
      String text = line.text();
      return text.isBlank()
          ? Optional.empty()
          : Optional.of(rows.item(place, Map.of(FIELD, TextNode.valueOf(text))));
    } catch (ItemException e) {
      return Optional.of(rows.malformed(place, String.valueOf(e.getMessage())));
    }
  }
}
