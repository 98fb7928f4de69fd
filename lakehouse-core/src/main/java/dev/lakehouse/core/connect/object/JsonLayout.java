// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.manifest.LineReader;
import dev.lakehouse.core.connect.manifest.Manifest;
import dev.lakehouse.core.connect.manifest.TextLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the objects of a JSON manifest are laid out. */
enum JsonLayout {
  LINES("one object a line"),
  DOCUMENTS("an array, or documents over several lines");

  private final String words;

  JsonLayout(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /**
   * Objects stand one a line unless the first line is the beginning of something that goes on after
   * it, or an array. A line that is torn inside a text is a damaged line.
   */
  static JsonLayout of(Manifest manifest) throws IOException {
    List<String> lines = firstLines(manifest);
    if (lines.isEmpty()) {
      return LINES;
    }
    boolean another = lines.size() > 1 && lines.get(1).startsWith("{") && isWhole(lines.get(1));
    boolean array = lines.get(0).stripLeading().startsWith("[");
    boolean goesOn = goesOn(lines.get(0));
    return array && goesOn || !another && (array || goesOn) ? DOCUMENTS : LINES;
  }

  private static List<String> firstLines(Manifest manifest) throws IOException {
    List<String> texts = new ArrayList<>();
    try (LineReader lines = new LineReader(manifest.open())) {
      Optional<TextLine> line = lines.next();
      for (; line.isPresent() && texts.size() < 2; line = lines.next()) {
        String text = line.get().bytes().isEmpty() ? "[" : line.get().text();
        if (!text.isBlank()) {
          texts.add(text);
        }
      }
      return texts;
    } catch (ItemException e) {
      return texts; // a damaged line
    }
  }

  private static boolean isWhole(String text) throws IOException {
    try {
      JsonReading.fields(text);
      return true;
    } catch (ItemException e) {
      return false;
    }
  }

  /** Whether a text ends between two tokens of a value. */
  private static boolean goesOn(String text) throws IOException {
    try (JsonParser json = JsonReading.parser(text)) {
      while (json.nextToken() != null) {
        // to the end
      }
      return false;
    } catch (JsonProcessingException e) {
      boolean atTheEnd = e.getLocation().getCharOffset() >= text.stripTrailing().length();
      long quotes = text.replaceAll("\\\\.", "").chars().filter(c -> c == '"').count();
      return atTheEnd && quotes % 2 == 0;
    }
  }
}
