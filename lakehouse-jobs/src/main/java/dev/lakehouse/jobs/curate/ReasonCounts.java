// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up reasons over groups of items; the one arithmetic of judge and status. */
public final class ReasonCounts {
  private record Key(String state, String reason) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return comparing(Key::state).thenComparing(Key::reason).compare(this, other);
    }
  }

  private final Map<Key, Long> counts = new TreeMap<>();

  /** Adds items that have the same state and the same reasons. */
  public void add(String state, List<String> reasons, long items) {
    reasons.stream()
        .distinct()
        .forEach(reason -> counts.merge(new Key(state, reason), items, Long::sum));
  }

  /** Every reason; where two are as frequent, in the order of their names. */
  public List<ReasonCount> mostFrequentFirst() {
    return counts.entrySet().stream()
        .map(
            each -> new ReasonCount(each.getKey().state(), each.getKey().reason(), each.getValue()))
        .sorted(comparing(ReasonCount::count).reversed())
        .toList();
  }
}
