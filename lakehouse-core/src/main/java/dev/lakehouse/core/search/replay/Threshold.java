// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.replay;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where two kinds of scores part best: of all places that refuse at most a given share of those on
 * topic, the one where the share of refused off topic less that on topic is greatest (Youden's J),
 * in the middle between the two scores next to it.
 *
 * @param value below which a score is refused
 * @param onRefused share of the scores on topic that are
 * @param offRefused share of those off topic
 */
record Threshold(double value, double onRefused, double offRefused) {

  /**
   * Finds it.
   *
   * @param on scores on topic, at least one
   * @param off scores off topic, at least one
   * @param maxRefused share on topic that may be refused
   */
  static Threshold between(List<Double> on, List<Double> off, double maxRefused) {
    List<Double> scores = Stream.concat(on.stream(), off.stream()).sorted().distinct().toList();
    Threshold best = at(scores.get(0), on, off); // refuses nothing
    double gap = 0;
    for (int i = 1; i < scores.size(); i++) {
      Threshold each = at((scores.get(i - 1) + scores.get(i)) / 2, on, off);
      double width = scores.get(i) - scores.get(i - 1);
      boolean isBetter = each.gain() > best.gain() || (each.gain() == best.gain() && width > gap);
      if (each.onRefused <= maxRefused && isBetter) {
        best = each;
        gap = width;
      }
    }
    return best;
  }

  private static Threshold at(double value, List<Double> on, List<Double> off) {
    return new Threshold(value, below(value, on), below(value, off));
  }

  private static double below(double value, List<Double> scores) {
    return scores.stream().filter(score -> score < value).count() / (double) scores.size();
  }

  private double gain() {
    return offRefused - onRefused;
  }
}
