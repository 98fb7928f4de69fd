// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How measurements are spread, with the thresholds of the policy drawn in. */
final class FigurePart {
  private final Markup page;
  private final Charts charts;

  FigurePart(Markup page, Charts charts) {
    this.page = page;
    this.charts = charts;
  }

  void write(List<FigureChart> figures, Map<String, Long> samples) {
    if (figures.isEmpty()) {
      page.element("p", "Nothing was measured.");
      return;
    }
    page.element("p", of(samples), "class", "small");
    Map<String, List<FigureChart>> groups =
        figures.stream()
            .collect(
                Collectors.groupingBy(FigureChart::group, LinkedHashMap::new, Collectors.toList()));
    groups.forEach(this::group);
  }

  private static String of(Map<String, Long> samples) {
    String whole = "Every content counts once, however often it is there.";
    return samples.isEmpty()
        ? whole + " Whatever was measured is drawn."
        : "%s There are very many, so a sample is drawn, chosen by digest: of %s."
            .formatted(
                whole,
                samples.entrySet().stream()
                    .map(each -> Words.kind(each.getKey()) + " " + Words.count(each.getValue()))
                    .collect(Collectors.joining(", of ")));
  }

  private void group(String name, List<FigureChart> figures) {
    page.element("h3", "Figures of " + Words.kind(name));
    List<FigureChart> judged = figures.stream().filter(each -> !each.lines().isEmpty()).toList();
    List<FigureChart> others = figures.stream().filter(each -> each.lines().isEmpty()).toList();
    if (!judged.isEmpty()) {
      page.open("div", "class", "figures");
      judged.forEach(this::figure);
      page.close();
    }
    if (!others.isEmpty()) {
      page.open("details");
      page.element(
          "summary",
          "%s that no simple threshold is set on".formatted(Words.count(others.size(), "figure")));
      page.open("div", "class", "figures");
      others.forEach(this::figure);
      page.close().close();
    }
  }

  private void figure(FigureChart figure) {
    page.open("div", "class", "figure");
    page.open("h4").element("code", figure.figure()).text(" ");
    page.element("span", figure.meaning(), "class", "small").close();
    if (figure.isConstant()) {
      page.element("p", constant(figure), "class", "constant");
    } else {
      charts.place(page, "histogram", words(figure), drawn(figure));
    }
    for (FigureChart.Line line : figure.lines()) {
      page.open("p", "class", "threshold " + line.severity());
      page.element("strong", line.words());
      page.text(
          ": %s of %s beyond"
              .formatted(Words.count(line.beyond()), Words.count(figure.bins().total())));
      page.close();
    }
    if (!figure.isConstant()) {
      numbers(figure);
    }
    page.close();
  }

  private static String constant(FigureChart figure) {
    long values = figure.bins().total();
    return values == 1
        ? "There is one value, %s.".formatted(Bins.number(figure.least()))
        : "All %s are %s.".formatted(Words.count(values, "value"), Bins.number(figure.least()));
  }

  private static String words(FigureChart figure) {
    String lines =
        figure.lines().stream()
            .map(line -> "; threshold " + line.words())
            .collect(Collectors.joining());
    return "Histogram of %s of %s: %s from %s to %s%s"
        .formatted(
            figure.figure(),
            Words.kind(figure.group()),
            Words.count(figure.bins().total(), "value"),
            Bins.number(figure.least()),
            Bins.number(figure.greatest()),
            lines);
  }

  private void numbers(FigureChart figure) {
    Bins bins = figure.bins();
    page.open("details", "class", "numbers").element("summary", "Numbers");
    Grid grid =
        new Grid(
            page,
            "Values of %s of %s".formatted(figure.figure(), Words.kind(figure.group())),
            List.of("value", "passed#", "did not#"));
    for (int bin = 0; bin < bins.size(); bin++) {
      if (bins.passed()[bin] + bins.others()[bin] > 0) {
        grid.row(bins.range(bin), Words.count(bins.passed()[bin]), Words.count(bins.others()[bin]));
      }
    }
    grid.end();
    page.close();
  }

  private static Map<String, Object> drawn(FigureChart figure) {
    Bins bins = figure.bins();
    List<Object> lines = new ArrayList<>();
    for (FigureChart.Line line : figure.lines()) {
      lines.add(
          Map.of(
              "at", bins.place(line.bound()),
              "label", Bins.number(line.bound()),
              "severity", line.severity()));
    }
    Map<String, Object> drawn = new LinkedHashMap<>();
    drawn.put("type", "histogram");
    drawn.put("scale", bins.scale().name());
    drawn.put("first", bins.first());
    drawn.put("width", bins.width());
    drawn.put("end", bins.end());
    drawn.put("passed", bins.passed());
    drawn.put("others", bins.others());
    drawn.put("ranges", ranges(bins));
    drawn.put("lines", lines);
    return drawn;
  }

  private static List<String> ranges(Bins bins) {
    List<String> ranges = new ArrayList<>();
    for (int bin = 0; bin < bins.size(); bin++) {
      ranges.add(bins.range(bin));
    }
    return ranges;
  }
}
