// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import java.util.Locale;

/**
 * A piece of a document that has a place.
 *
 * @param number from 1, among those of its kind
 * @param name what a sheet or a chapter is called; may be empty
 * @param text may be empty, as that of a scanned page
 */
public record DocumentPart(Kind kind, int number, String name, String text) {

  /** What a document consists of. */
  public enum Kind {
    PAGE,
    SLIDE,
    SHEET,
    /** Of what has no pages: all of a text, or a chapter. */
    SECTION,
    /** Of a box of e-mails. */
    MESSAGE;

    /** As it is told to people and stands in tables. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
