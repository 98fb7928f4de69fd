// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.util.Locale;

/** Numbers of things as people write them: 1 text, 2 texts, 12,000 texts. */
public final class Counted {

  private Counted() {}

  /**
   * A number and what it counts.
   *
   * @param noun in the singular; its plural ends in {@code s}, or {@code es} after a hiss
   */
  public static String of(long number, String noun) {
    return "%s %s%s".formatted(of(number), noun, number == 1 ? "" : plural(noun));
  }

  /** A number alone, which is written the same wherever the JVM is: 12,000. */
  public static String of(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String plural(String noun) {
    return noun.matches(".*(ch|sh|s|x)") ? "es" : "s";
  }
}
