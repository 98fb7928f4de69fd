// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import java.util.Map;
import java.util.Optional;

/**
 * The terminal that people look at, where standard error is one; the launcher sees that and says it
 * by a property, since a JVM cannot tell.
 *
 * @param columns that a line may have
 * @param colour whether colours are wanted (https://no-color.org)
 */
public record Terminal(int columns, boolean colour) {
  private static final String PROPERTY = "lakehouse.terminal";
  private static final int USUAL = 80;
  private static final String RESET = "\033[0m";

  /** The terminal of this process, if it has one. */
  public static Optional<Terminal> ofProcess() {
    return of(System.getProperty(PROPERTY, ""), System.getenv());
  }

  /**
   * A terminal as the launcher describes it.
   *
   * @param columns their number; empty for no terminal
   */
  static Optional<Terminal> of(String columns, Map<String, String> environment) {
    if (columns.isBlank() || "dumb".equals(environment.get("TERM"))) {
      return Optional.empty();
    }
    boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return Optional.of(
        new Terminal(columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : USUAL, colour));
  }

  /** Words that went well. */
  String good(String words) {
    return painted("32;1", words);
  }

  /** Words that did not. */
  public String bad(String words) {
    return painted("31;1", words);
  }

  /** Words that were looked for. */
  public String found(String words) {
    return painted("1", words);
  }

  /** Words beside the matter. */
  String faint(String words) {
    return painted("2", words);
  }

  private String painted(String code, String words) {
    return colour ? "\033[" + code + "m" + words + RESET : words;
  }
}
