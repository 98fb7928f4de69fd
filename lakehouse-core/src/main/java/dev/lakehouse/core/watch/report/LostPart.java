// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.List;

/** What could not be taken, measured or embedded. */
final class LostPart {
  private final Markup page;

  LostPart(Markup page) {
    this.page = page;
  }

  void write(List<LostItems> lost) {
    if (lost.isEmpty()) {
      page.element("p", "Everything could be read.");
      return;
    }
    lost.forEach(this::code);
  }

  private void code(LostItems lost) {
    page.open("article", "class", "lost");
    page.open("h3").element("code", lost.code());
    page.element("span", Words.count(lost.count()), "class", "number");
    page.element("span", "in " + String.join(", ", lost.stages()), "class", "small").close();
    String meaning = Words.meaning(lost.code());
    if (!meaning.isEmpty()) {
      page.element("p", meaning, "class", "small");
    }
    Grid grid =
        new Grid(page, "Examples of " + lost.code(), List.of("from", "part", "what it said"));
    lost.examples().forEach(each -> grid.row(each.place(), each.part(), each.message()));
    grid.end();
    if (lost.examples().size() < lost.count()) {
      page.element(
          "p", "%,d more.".formatted(lost.count() - lost.examples().size()), "class", "small");
    }
    page.close();
  }
}
