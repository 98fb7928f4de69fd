// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static java.util.Comparator.comparing;

import dev.lakehouse.core.watch.report.Funnel;
import dev.lakehouse.core.watch.report.Funnel.OfSource;
import dev.lakehouse.core.watch.report.Funnel.Reason;
import dev.lakehouse.core.watch.state.LakeView;
import dev.lakehouse.core.watch.state.ReasonCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts items by source, state and reason. */
final class FunnelSurvey {
  private static final int SOURCES = 30;

  private FunnelSurvey() {}

  static Funnel of(LakeView view) {
    ReasonCounts all = new ReasonCounts();
    Map<String, ReasonCounts> sources = new HashMap<>();
    view.forEachItem(
        item -> {
          all.add(item);
          sources
              .computeIfAbsent(Shareable.text(item.source()), each -> new ReasonCounts())
              .add(item);
        });
    List<OfSource> largest =
        sources.entrySet().stream()
            .sorted(
                comparing((Map.Entry<String, ReasonCounts> each) -> each.getValue().seen())
                    .reversed()
                    .thenComparing(Map.Entry::getKey))
            .limit(SOURCES)
            .map(
                each ->
                    new OfSource(each.getKey(), each.getValue().states(), reasons(each.getValue())))
            .toList();
    return new Funnel(
        all.seen(), all.states(), largest, sources.size() - largest.size(), reasons(all));
  }

  private static List<Reason> reasons(ReasonCounts counts) {
    return counts.reasons().stream()
        .map(each -> new Reason(each.state(), each.reason(), each.count()))
        .toList();
  }
}
