// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where the time went, and what bounded it. */
final class TimePart {
  private final Markup page;
  private final Charts charts;

  TimePart(Markup page, Charts charts) {
    this.page = page;
    this.charts = charts;
  }

  void write(ReportedRun run, List<StepTime> steps) {
    if (steps.isEmpty()) {
      page.element("p", "No step came to its end.");
      return;
    }
    charts.place(
        page,
        "rows-" + Math.min(12, steps.size()),
        "Seconds of each step; the table below has the numbers",
        Map.of(
            "type",
            "bars",
            "unit",
            "s",
            "names",
            steps.stream().map(StepTime::name).toList(),
            "values",
            steps.stream().map(step -> Math.round(step.seconds() * 100) / 100.0).toList()));
    Grid grid =
        new Grid(page, "Seconds of each step", List.of("step", "took#", "did", "bounded by"));
    steps.forEach(
        step ->
            grid.row(
                step.name(),
                Words.seconds(step.seconds()),
                step.did(),
                step.bounds().isEmpty() ? "not measured" : String.join("; ", step.bounds())));
    double inSteps = steps.stream().mapToDouble(StepTime::seconds).sum();
    double between = run.took().map(Duration::toMillis).orElse(0L) / 1000.0 - inSteps;
    if (between > 0.05) {
      grid.row("between steps", Words.seconds(between), "checks, and looking at the lake", "");
    }
    grid.end();
  }
}
