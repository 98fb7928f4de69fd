// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import static java.util.Comparator.comparing;

import dev.lakehouse.core.watch.state.LakeStatus.Reason;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts items by state, and by every one of their reasons. */
public final class ReasonCounts {
  private static final Comparator<Reason> MOST_FIRST =
      comparing(Reason::count)
          .reversed()
          .thenComparing(Reason::state)
          .thenComparing(Reason::reason);

  private final Map<String, Long> states = new LinkedHashMap<>();
  private final Map<String, Map<String, Long>> reasons = new HashMap<>();

  /** Of no items yet. */
  public ReasonCounts() {
    LakeStatus.STATES.forEach(state -> states.put(state, 0L));
  }

  /** Counts an item. */
  public void add(Item item) {
    String state = item.state().word();
    states.merge(state, 1L, Long::sum);
    Map<String, Long> counts = reasons.computeIfAbsent(state, each -> new HashMap<>());
    item.reasons().stream().distinct().forEach(code -> counts.merge(code, 1L, Long::sum));
  }

  /** How many items there are. */
  public long seen() {
    return states.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Items in each state, by its word. */
  public Map<String, Long> states() {
    return states;
  }

  /** Why items are not published, most frequent first. */
  public List<Reason> reasons() {
    return LakeStatus.STATES.stream()
        .filter(state -> !state.equals(ItemState.PUBLISHED.word()))
        .flatMap(state -> of(state).stream())
        .sorted(MOST_FIRST)
        .toList();
  }

  /** Why items that are published would no longer be. */
  List<Reason> leaving() {
    return of(ItemState.PUBLISHED.word());
  }

  private List<Reason> of(String state) {
    return reasons.getOrDefault(state, Map.of()).entrySet().stream()
        .map(reason -> new Reason(state, reason.getKey(), reason.getValue()))
        .sorted(MOST_FIRST)
        .toList();
  }
}
