// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.curate.Rule;
import java.util.List;

/**
 * A rule, and what it caught.
 *
 * @param rule as it stands
 * @param relaxable whether it is a policy's rather than the contract's
 * @param tripped assets that it caught
 * @param limits those of its thresholds that figures were found for
 * @param examples some of what it caught, where it has none
 */
public record RuleCount(
    Rule rule, boolean relaxable, long tripped, List<Limit> limits, List<Shown> examples) {

  public RuleCount {
    limits = List.copyOf(limits);
    examples = List.copyOf(examples);
  }

  /**
   * Items on both sides of a threshold.
   *
   * @param words the threshold: {@code words >= 5}
   * @param worst those that are furthest beyond, the furthest first
   * @param beyond those that just miss it, the nearest first
   * @param within those that just keep it, the nearest first
   */
  public record Limit(String words, List<Shown> worst, List<Shown> beyond, List<Shown> within) {
    public Limit {
      worst = List.copyOf(worst);
      beyond = List.copyOf(beyond);
      within = List.copyOf(within);
    }

    boolean isEmpty() {
      return worst.isEmpty() && beyond.isEmpty() && within.isEmpty();
    }
  }
}
