// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.table;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.manifest.LineReader;
import dev.lakehouse.core.connect.manifest.Reading;
import dev.lakehouse.core.connect.manifest.Row;
import dev.lakehouse.core.connect.manifest.TextLine;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads CSV records. A record that cannot be read costs its first line only: reading goes on with
 * the next one, so that an open quote does not swallow the rest of the file.
 *
 * <p>Where more than one dialect is given, a record that has not the right number of fields in the
 * first is read in the next.
 */
final class CsvReader implements Reading<CsvReader.Found> {
  static final int ANY = 0;
  private static final int MAX_LINES = 100_000;

  private final LineReader lines;
  private final List<CsvDialect> dialects;
  private final int columns;
  private final Deque<TextLine> again = new ArrayDeque<>();

  /**
   * A reader.
   *
   * @param columns how many fields a good record has, or {@link #ANY}
   */
  CsvReader(LineReader lines, List<CsvDialect> dialects, int columns) {
    this.lines = lines;
    this.dialects = dialects;
    this.columns = columns;
  }

  /**
   * A record, or why it is none.
   *
   * @param line where it begins, from 1
   * @param fields its fields
   * @param error why there are none
   * @param dialect position of the dialect that it was read in
   */
  record Found(long line, List<String> fields, Optional<String> error, int dialect) {

    boolean has(int columns) {
      return error.isEmpty() && (columns == ANY || fields.size() == columns);
    }
  }

  /** A record and the lines after its first that it took. */
  private record Attempt(Found found, List<TextLine> more) {}

  /** The next record that is not a blank line; empty at the end. */
  @Override
  public Optional<Found> next() throws IOException {
    for (Optional<TextLine> line = take(); line.isPresent(); line = take()) {
      Found found = read(line.get());
      if (found.error().isPresent() || !isBlank(found)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** Passes over a line that is no record. */
  void skipLine() throws IOException {
    take();
  }

  private static boolean isBlank(Found found) {
    return found.fields().size() == 1 && found.fields().get(0).isBlank();
  }

  private Found read(TextLine first) throws IOException {
    for (int i = 0; i < dialects.size(); i++) {
      Attempt attempt = attempt(first, i);
      boolean blank = attempt.found().error().isEmpty() && isBlank(attempt.found());
      if (attempt.found().has(columns) || blank || dialects.size() == 1) {
        return attempt.found();
      }
      giveBack(attempt.more());
    }
    return attempt(first, 0).found();
  }

  private Attempt attempt(TextLine first, int dialect) throws IOException {
    List<TextLine> more = new ArrayList<>();
    long bytes = first.size();
    try {
      CsvParser parser = new CsvParser(dialects.get(dialect));
      boolean ended = parser.accept(first);
      while (!ended) {
        TextLine line =
            take().orElseThrow(() -> Row.malformed("A quote is opened and never closed"));
        more.add(line);
        bytes += line.size();
        if (more.size() > MAX_LINES || bytes > LineReader.MAX_BYTES) {
          throw Row.malformed(
              "A quote is open for more than %d lines or %d bytes"
                  .formatted(MAX_LINES, LineReader.MAX_BYTES));
        }
        ended = parser.accept(line);
      }
      return new Attempt(
          new Found(first.number(), parser.fields(), Optional.empty(), dialect), more);
    } catch (ItemException e) {
      giveBack(more);
      Optional<String> why = Optional.of(String.valueOf(e.getMessage()));
      return new Attempt(new Found(first.number(), List.of(), why, dialect), List.of());
    }
  }

  private void giveBack(List<TextLine> more) {
    for (int i = more.size() - 1; i >= 0; i--) {
      again.push(more.get(i));
    }
  }

  private Optional<TextLine> take() throws IOException {
    return again.isEmpty() ? lines.next() : Optional.of(again.pop());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
