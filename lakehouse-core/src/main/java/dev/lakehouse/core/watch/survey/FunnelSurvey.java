// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.lakehouse.core.watch.report.Funnel;
import dev.lakehouse.core.watch.report.Funnel.OfSource;
import dev.lakehouse.core.watch.report.Funnel.Reason;
import dev.lakehouse.core.watch.state.Item;
import dev.lakehouse.core.watch.state.ItemState;
import dev.lakehouse.core.watch.state.LakeStatus;
import dev.lakehouse.core.watch.state.LakeView;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts items by source, state and reason. */
final class FunnelSurvey {
  private static final int SOURCES = 30;

  /** Items of one source, or of all. */
  private static final class Count {
    private final Map<String, Long> states = new LinkedHashMap<>();
    private final Map<String, Map<String, Long>> reasons = new HashMap<>(); // by state

    Count() {
      LakeStatus.STATES.forEach(state -> states.put(state, 0L));
    }

    void add(Item item) {
      String state = item.state().word();
      states.merge(state, 1L, Long::sum);
      if (item.state() != ItemState.PUBLISHED) { // those of what is published are of the next one
        Map<String, Long> counts = reasons.computeIfAbsent(state, each -> new TreeMap<>());
        item.reasons().stream().distinct().forEach(code -> counts.merge(code, 1L, Long::sum));
      }
    }

    long seen() {
      return states.values().stream().mapToLong(Long::longValue).sum();
    }

    List<Reason> reasons() {
      return reasons.entrySet().stream()
          .flatMap(
              state ->
                  state.getValue().entrySet().stream()
                      .map(code -> new Reason(state.getKey(), code.getKey(), code.getValue())))
          .sorted(
              comparingLong(Reason::count)
                  .reversed()
                  .thenComparing(Reason::code)
                  .thenComparing(Reason::state))
          .toList();
    }
  }

  private FunnelSurvey() {}

  static Funnel of(LakeView view) {
    Count all = new Count();
    Map<String, Count> sources = new HashMap<>();
    view.forEachItem(
        item -> {
          all.add(item);
          sources.computeIfAbsent(item.source(), each -> new Count()).add(item);
        });
    List<OfSource> largest =
        sources.entrySet().stream()
            .sorted(
                comparing((Map.Entry<String, Count> each) -> each.getValue().seen())
                    .reversed()
                    .thenComparing(Map.Entry::getKey))
            .limit(SOURCES)
            .map(
                each ->
                    new OfSource(each.getKey(), each.getValue().states, each.getValue().reasons()))
            .toList();
    return new Funnel(
        all.seen(), all.states, largest, sources.size() - largest.size(), all.reasons());
  }
}
