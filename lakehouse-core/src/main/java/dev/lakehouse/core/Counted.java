// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

/** Numbers of things as people write them: 1 text, 2 texts, 12,000 texts. */
public final class Counted {

  private Counted() {}

  /**
   * A number and what it counts.
   *
   * @param noun in the singular; its plural ends in {@code s}, or {@code es} after a hiss
   */
  public static String of(long number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : plural(noun));
  }

  private static String plural(String noun) {
    return noun.matches(".*(ch|sh|s|x)") ? "es" : "s";
  }
}
