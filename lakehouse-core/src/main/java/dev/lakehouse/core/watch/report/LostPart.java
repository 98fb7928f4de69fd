// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.List;

/** What could not be taken, measured or embedded. */
final class LostPart {
  private static final int CODES = 40;

  private final Markup page;

  LostPart(Markup page) {
    this.page = page;
  }

  void write(List<LostItems> lost) {
    if (lost.isEmpty()) {
      page.element("p", "Everything could be read.");
      return;
    }
    lost.stream().limit(CODES).forEach(this::code);
    if (lost.size() > CODES) {
      long left = lost.stream().skip(CODES).mapToLong(LostItems::count).sum();
      page.element(
          "p",
          "%s more, of %s."
              .formatted(
                  Words.count(lost.size() - CODES, "code"), Words.count(left, "dead letter")));
    }
  }

  private void code(LostItems lost) {
    page.open("article", "class", "lost");
    page.open("h3").element("code", lost.code());
    page.element("span", Words.count(lost.count(), "dead letter"), "class", "number");
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
          "p", Words.count(lost.count() - lost.examples().size()) + " more.", "class", "small");
    }
    page.close();
  }
}
