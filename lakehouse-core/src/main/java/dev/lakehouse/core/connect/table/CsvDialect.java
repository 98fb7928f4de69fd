// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.table;

import dev.lakehouse.core.connect.manifest.CsvOptions;

/**
 * How the fields of a record are told apart.
 *
 * @param delimiter between fields
 * @param quote around fields, doubled inside them; {@link CsvOptions#NONE} for none
 * @param escape stands before a quote or before itself inside quotes; NONE for none
 * @param spaced whether blanks behind a delimiter belong to it
 */
record CsvDialect(char delimiter, char quote, char escape, boolean spaced) {

  CsvDialect escapedBy(char other) {
    return new CsvDialect(delimiter, quote, other, spaced);
  }

  /** The same with the blanks behind a delimiter taken for a part of it. */
  CsvDialect withSpaces() {
    return new CsvDialect(delimiter, quote, escape, true);
  }

  /** A character as people write it. */
  static String word(char c) {
    return switch (c) {
      case CsvOptions.NONE -> "none";
      case '\t' -> "tab";
      case ' ' -> "space";
      default -> String.valueOf(c);
    };
  }
}
