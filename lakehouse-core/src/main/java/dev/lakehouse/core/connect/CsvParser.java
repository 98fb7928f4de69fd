// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.codec.CodecException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the lines of one CSV record and gives its fields: quotes as in RFC 4180, any delimiter.
 *
 * <p>A quote inside an unquoted field is a character like any other.
 */
final class CsvParser {
  private enum State {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    QUOTE_CLOSED
  }

  private final char delimiter;
  private final List<String> fields = new ArrayList<>();
  private final StringBuilder field = new StringBuilder();
  private State state = State.FIELD_START;

  CsvParser(char delimiter) {
    this.delimiter = delimiter;
  }

  /**
   * Takes a line, without its line feed.
   *
   * @return whether the record ends here; otherwise a quote is open and the next line belongs to it
   * @throws CodecException MALFORMED_ROW
   */
  boolean accept(String line) throws CodecException {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\r' || i < line.length() - 1 || state == State.QUOTED) {
        state = next(c);
      }
    }
    if (state == State.QUOTED) {
      field.append('\n');
      return false;
    }
    endField();
    return true;
  }

  private State next(char c) throws CodecException {
    if (state == State.QUOTED) {
      return c == '"' ? State.QUOTE_CLOSED : append(c, State.QUOTED);
    }
    if (c == delimiter) {
      return endField();
    }
    if (c == '"' && state == State.FIELD_START) {
      return State.QUOTED;
    }
    if (state != State.QUOTE_CLOSED) {
      return append(c, State.UNQUOTED);
    }
    if (c == '"') {
      return append(c, State.QUOTED); // two quotes inside quotes are one
    }
    throw Row.malformed("Text after the closing quote of field %d".formatted(fields.size() + 1));
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
