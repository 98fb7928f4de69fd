// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import java.util.List;
import java.util.Locale;

/**
 * A figure compared with a constant, as a rule demands it of every asset that it looks at.
 *
 * @param of whose figure it is
 * @param figure its column
 * @param comparison that must hold
 * @param bound in the unit of the figure
 */
public record Threshold(Part of, String figure, Comparison comparison, double bound) {

  /** Whose figure is compared. */
  public enum Part {
    /** That of the content itself. */
    CONTENT,
    /** Those of every caption. */
    CAPTIONS,
    /** Those of every passage. */
    PASSAGES,
    /** Those of every picture of a film. */
    KEYFRAMES
  }

  /** How it is compared. */
  public enum Comparison {
    BELOW("<"),
    AT_MOST("<="),
    ABOVE(">"),
    AT_LEAST(">="),
    EQUAL("=");

    private final String sign; // as SQL writes it

    Comparison(String sign) {
      this.sign = sign;
    }
  }

  /**
   * The thresholds of a rule, each of which must hold; empty where its condition says more than
   * that a few figures lie on one side of a constant. What is joined by AND to conditions of
   * another kind is a threshold all the same.
   */
  public static List<Threshold> of(Rule rule) {
    return ThresholdReader.read(rule.require());
  }

  /** Whether a value is on the right side. */
  public boolean holds(double value) {
    return switch (comparison) {
      case BELOW -> value < bound;
      case AT_MOST -> value <= bound;
      case ABOVE -> value > bound;
      case AT_LEAST -> value >= bound;
      case EQUAL -> value == bound;
    };
  }

  /** In words: {@code words >= 5}. */
  public String words() {
    String number =
        bound == Math.rint(bound)
            ? String.format(Locale.ROOT, "%.0f", bound)
            : String.valueOf(bound);
    return "%s %s %s".formatted(figure, comparison.sign, number);
  }
}
