// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

/** How an engine writes a text literal; everything else in a condition is the same for both. */
enum Dialect {
  /** A backslash is a character like any other. */
  LANCE {
    @Override
    String quote(String text) {
      return "'" + text.replace("'", "''") + "'";
    }
  },
  /** A backslash escapes what follows it. */
  SPARK {
    @Override
    String quote(String text) {
      return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
  };

  /** A text as a literal that ends where the text ends, whatever is in it. */
  abstract String quote(String text);
}
