// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.replay;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A question that was asked again.
 *
 * @param query the question
 * @param ranks of what was expected, from 1, the best first; of what was found among the first k
 * @param best score of the best hit; empty where there was none
 * @param refused whether the answer was said not to convince; empty where nothing is calibrated
 * @param k how many hits were looked at
 */
public record Replayed(
    ReplayQuery query,
    List<Integer> ranks,
    Optional<Double> best,
    Optional<Boolean> refused,
    int k) {

  public Replayed {
    ranks = ranks.stream().sorted().toList();
  }

  /** The best rank of what was expected; empty if none of it was found. */
  public OptionalInt rank() {
    return ranks.stream().mapToInt(Integer::intValue).findFirst();
  }

  /** Share of what was expected that was found; 0 of what expects nothing. */
  public double recall() {
    return query.isOffTopic() ? 0 : ranks.size() / (double) query.expected().size();
  }

  /** Normalised discounted cumulative gain at k, each expected hit counting alike. */
  public double ndcg() {
    double gain = ranks.stream().mapToDouble(Replayed::discounted).sum();
    double ideal =
        IntStream.rangeClosed(1, Math.min(k, query.expected().size()))
            .mapToDouble(Replayed::discounted)
            .sum();
    return ideal == 0 ? 0 : gain / ideal;
  }

  private static double discounted(int rank) {
    return Math.log(2) / Math.log(rank + 1.0);
  }
}
