// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

/** How an engine writes what not all engines write alike. */
enum Dialect {
  /** A backslash is a character like any other. */
  LANCE {
    @Override
    String quote(String text) {
      return "'" + text.replace("'", "''") + "'";
    }

    @Override
    String has() {
      return "array_has";
    }
  },
  /** A backslash escapes what follows it. */
  SPARK {
    @Override
    String quote(String text) {
      return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    String has() {
      return "array_contains";
    }
  };

  /** A text as a literal that ends where the text ends, whatever is in it. */
  abstract String quote(String text);

  /** The function that finds something in a list. */
  abstract String has();
}
