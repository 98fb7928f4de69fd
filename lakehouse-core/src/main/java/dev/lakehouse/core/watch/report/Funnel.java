// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From what was seen to what is published.
 *
 * @param seen items that sources offered
 * @param states items in each state, by its word; they add up to {@code seen}
 * @param sources the largest sources
 * @param otherSources sources that are left out
 * @param reasons why items are not published, most frequent first; an item may have several
 */
public record Funnel(
    long seen,
    Map<String, Long> states,
    List<OfSource> sources,
    int otherSources,
    List<Reason> reasons) {

  public Funnel {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    sources = List.copyOf(sources);
    reasons = List.copyOf(reasons);
  }

  /**
   * The items of one source.
   *
   * @param name of the source
   * @param states items in each state, by its word
   * @param reasons why its items are not published, most frequent first
   */
  public record OfSource(String name, Map<String, Long> states, List<Reason> reasons) {
    public OfSource {
      states = Map.copyOf(states);
      reasons = List.copyOf(reasons);
    }

    long seen() {
      return states.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * One reason.
   *
   * @param state of the items
   * @param code stable
   * @param count items
   */
  public record Reason(String state, String code, long count) {}

  long count(String state) {
    return states.getOrDefault(state, 0L);
  }
}
