// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.manifest.LineReader;
import dev.lakehouse.core.connect.manifest.Reading;
import dev.lakehouse.core.connect.manifest.TextLine;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** One object on each line. Blank lines are passed over; a damaged one costs itself only. */
final class JsonLines implements Reading<JsonDocuments.Found> {
  private final LineReader lines;
  private final String uri;

  JsonLines(LineReader lines, String uri) {
    this.uri = uri;
    this.lines = lines;
  }

  @Override
  public Optional<JsonDocuments.Found> next() throws IOException {
    for (Optional<TextLine> line = lines.next(); line.isPresent(); line = lines.next()) {
      Place place = Place.line(uri, line.get().number());
      try {
        String text = line.get().text();
        if (!text.isBlank()) {
          return Optional.of(
              new JsonDocuments.Found(place, JsonReading.fields(text), Optional.empty()));
        }
      } catch (ItemException e) {
        Optional<String> why = Optional.of(String.valueOf(e.getMessage()));
        return Optional.of(new JsonDocuments.Found(place, Map.of(), why));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
