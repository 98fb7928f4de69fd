// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.text;

/** The beginning of a text, for people. */
public final class Excerpt {

  private Excerpt() {}

  /**
   * A text that is no longer than that, an ellipsis aside; no character is cut in half.
   *
   * @param most code points
   */
  public static String of(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }
}
