// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.table;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.manifest.CsvOptions;
import dev.lakehouse.core.connect.manifest.Row;
import dev.lakehouse.core.connect.manifest.TextLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the lines of one CSV record and gives its fields: quotes as in RFC 4180, any delimiter, and
 * an escape inside quotes where the dialect has one.
 *
 * <p>A quote or an escape inside an unquoted field is a character like any other. An escape before
 * anything but a quote or itself is one too, as Spark reads it.
 */
final class CsvParser {
  private enum State {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    ESCAPED,
    QUOTE_CLOSED
  }

  private final CsvDialect dialect;
  private final List<String> fields = new ArrayList<>();
  private final StringBuilder field = new StringBuilder();
  private State state = State.FIELD_START;

  CsvParser(CsvDialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Takes a line.
   *
   * @return whether the record ends here; otherwise a quote is open and the next line belongs to it
   * @throws ItemException MALFORMED_ROW
   */
  boolean accept(TextLine line) throws ItemException {
    String text = line.text();
    for (int i = 0; i < text.length(); i++) {
      state = next(text.charAt(i));
    }
    if (state == State.QUOTED || state == State.ESCAPED) {
      field.append(state == State.ESCAPED ? String.valueOf(dialect.escape()) : "");
      field.append(line.end());
      state = State.QUOTED;
      return false;
    }
    endField();
    return true;
  }

  private State next(char c) throws ItemException {
    if (state == State.QUOTED || state == State.ESCAPED) {
      return inside(c);
    }
    if (c == dialect.delimiter()) {
      return endField();
    }
    if (c == ' ' && state == State.FIELD_START && dialect.spaced()) {
      return state;
    }
    boolean quote = c == dialect.quote() && c != CsvOptions.NONE;
    if (quote && state == State.FIELD_START) {
      return State.QUOTED;
    }
    if (state != State.QUOTE_CLOSED) {
      return append(c, State.UNQUOTED);
    }
    if (quote) {
      return append(c, State.QUOTED); // two quotes inside quotes are one
    }
    throw Row.malformed("Text after the closing quote of field %d".formatted(fields.size() + 1));
  }

  private State inside(char c) {
    boolean escape = c == dialect.escape() && c != CsvOptions.NONE;
    if (state == State.ESCAPED) {
      if (c != dialect.quote() && !escape) {
        field.append(dialect.escape());
      }
      return append(c, State.QUOTED);
    }
    if (escape) {
      return State.ESCAPED;
    }
    return c == dialect.quote() ? State.QUOTE_CLOSED : append(c, State.QUOTED);
  }

  private State append(char c, State then) {
    field.append(c);
    return then;
  }

  private State endField() {
    fields.add(field.toString());
    field.setLength(0);
    return State.FIELD_START;
  }

  /** The fields so far. */
  List<String> fields() {
    return fields;
  }
}
