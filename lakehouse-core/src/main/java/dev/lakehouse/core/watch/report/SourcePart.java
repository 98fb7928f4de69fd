// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.codec.text.Excerpt;
import dev.lakehouse.core.watch.report.Funnel.OfSource;
import dev.lakehouse.core.watch.report.Funnel.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The funnel source by source, and every reason. */
final class SourcePart {
  private static final int REASONS = 3;
  private static final int ALL_REASONS = 60;

  private final Markup page;
  private final Charts charts;
  private final UnaryOperator<String> meanings;

  /**
   * @param meanings what codes mean
   */
  SourcePart(Markup page, Charts charts, UnaryOperator<String> meanings) {
    this.page = page;
    this.charts = charts;
    this.meanings = meanings;
  }

  void write(Funnel funnel) {
    if (funnel.sources().isEmpty()) {
      page.element("p", "No source offered anything.");
      return;
    }
    charts.place(
        page,
        "rows-" + Math.min(12, funnel.sources().size()),
        "Items of each source by what became of them; the table below has the numbers",
        drawn(funnel.sources()));
    grid(funnel);
    if (funnel.otherSources() > 0) {
      page.element(
          "p",
          "%s with fewer items are not shown; their items are in all other counts."
              .formatted(Words.count(funnel.otherSources(), "source")),
          "class",
          "small");
    }
    reasons(funnel.reasons());
  }

  private void grid(Funnel funnel) {
    List<String> headings = new ArrayList<>(List.of("source", "seen#"));
    List<String> states =
        Words.STATES.keySet().stream().filter(state -> funnel.count(state) > 0).toList();
    states.forEach(state -> headings.add(Words.state(state) + "#"));
    headings.add("mostly because");
    Grid grid = new Grid(page, "Items of each source", headings);
    for (OfSource source : funnel.sources()) {
      List<String> cells = new ArrayList<>(List.of(Words.count(source.seen())));
      states.forEach(state -> cells.add(Words.count(source.states().getOrDefault(state, 0L))));
      cells.add(
          source.reasons().stream()
              .limit(REASONS)
              .map(reason -> reason.code() + " " + Words.count(reason.count()))
              .collect(Collectors.joining(", ")));
      grid.row(source.name().isEmpty() ? "(unknown)" : source.name(), cells.toArray(String[]::new));
    }
    grid.end();
  }

  private static Map<String, Object> drawn(List<OfSource> sources) {
    List<Object> series = new ArrayList<>();
    List<String> order = new ArrayList<>(Words.STATES.keySet());
    order.remove("published");
    order.add(0, "published");
    for (String state : order) {
      List<Long> data =
          sources.stream().map(source -> source.states().getOrDefault(state, 0L)).toList();
      if (data.stream().anyMatch(count -> count > 0)) {
        series.add(Map.of("name", Words.state(state), "state", state, "data", data));
      }
    }
    return Map.of(
        "type",
        "stack",
        "names",
        sources.stream().map(source -> Excerpt.of(source.name(), 28)).toList(),
        "series",
        series);
  }

  private void reasons(List<Reason> reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    page.element("h3", "Every reason");
    page.element("p", "An item may have several, and counts under each.", "class", "small");
    Grid grid = new Grid(page, "Every reason", List.of("reason", "items#", "state", "meaning"));
    reasons.stream()
        .limit(ALL_REASONS)
        .forEach(
            reason ->
                grid.row(
                    reason.code(),
                    Words.count(reason.count()),
                    Words.state(reason.state()),
                    meanings.apply(reason.code())));
    grid.end();
    if (reasons.size() > ALL_REASONS) {
      page.element("p", Words.count(reasons.size() - ALL_REASONS, "reason") + " more.");
    }
  }
}
