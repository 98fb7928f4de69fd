// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.codec.CodecException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV records. A record that cannot be read costs its first line only: reading goes on with
 * the next one, so that an open quote does not swallow the rest of the file.
 */
final class CsvReader implements Reading<CsvReader.Found> {
  private static final int MAX_LINES = 100_000;

  private final LineReader lines;
  private final char delimiter;
  private final Deque<Line> again = new ArrayDeque<>();

  CsvReader(LineReader lines, char delimiter) {
    this.lines = lines;
    this.delimiter = delimiter;
  }

  /**
   * A record, or why it is none.
   *
   * @param line where it begins, from 1
   * @param fields its fields
   * @param error why there are none
   */
  record Found(long line, List<String> fields, Optional<String> error) {}

  /** The next record that is not a blank line; empty at the end. */
  @Override
  public Optional<Found> next() throws IOException {
    for (Optional<Line> line = take(); line.isPresent(); line = take()) {
      Found found = read(line.get());
      if (found.error().isPresent() || !isBlank(found)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static boolean isBlank(Found found) {
    return found.fields().size() == 1 && found.fields().get(0).isBlank();
  }

  private Found read(Line first) throws IOException {
    List<Line> more = new ArrayList<>();
    try {
      CsvParser parser = new CsvParser(delimiter);
      boolean ended = parser.accept(first.text());
      while (!ended) {
        Line line = take().orElseThrow(() -> Row.malformed("A quote is opened and never closed"));
        more.add(line);
        if (more.size() > MAX_LINES) {
          throw Row.malformed("A quote is open for more than %d lines".formatted(MAX_LINES));
        }
        ended = parser.accept(line.text());
      }
      return new Found(first.number(), parser.fields(), Optional.empty());
    } catch (CodecException e) {
      for (int i = more.size() - 1; i >= 0; i--) {
        again.push(more.get(i));
      }
      return new Found(first.number(), List.of(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private Optional<Line> take() throws IOException {
    return again.isEmpty() ? lines.next() : Optional.of(again.pop());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
