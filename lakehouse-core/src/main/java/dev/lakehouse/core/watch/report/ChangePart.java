// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.watch.report.Change.OfCatalog;
import dev.lakehouse.core.watch.report.Change.OfVerdicts;
import java.util.List;

/** What is otherwise than before. */
final class ChangePart {
  private final Markup page;
  private final Gallery gallery;

  ChangePart(Markup page, Gallery gallery) {
    this.page = page;
    this.gallery = gallery;
  }

  void write(Change change) {
    page.element("h3", "What readers see");
    change.catalog().value().ifPresentOrElse(this::catalog, () -> say(change.catalog().why()));
    page.element("h3", "What the policy says");
    change.verdicts().value().ifPresentOrElse(this::verdicts, () -> say(change.verdicts().why()));
  }

  private void say(String sentence) {
    page.element("p", sentence);
  }

  private void catalog(OfCatalog catalog) {
    say(
        catalog.before().isEmpty()
            ? "Release %s is the first: %s."
                .formatted(Words.count(catalog.release()), Words.count(catalog.added(), "item"))
            : "Release %s against release %s: %s came in, %s went out, %s stayed."
                .formatted(
                    Words.count(catalog.release()),
                    Words.count(catalog.before().get()),
                    Words.count(catalog.added()),
                    Words.count(catalog.removed()),
                    Words.count(catalog.stayed())));
  }

  private void verdicts(OfVerdicts verdicts) {
    page.open("p");
    page.element("strong", Words.count(verdicts.passing())).text(" newly pass, ");
    page.element("strong", Words.count(verdicts.failing())).text(" no longer do.");
    page.close();
    if (!verdicts.reasons().isEmpty()) {
      Grid grid =
          new Grid(
              page,
              "Why items no longer pass",
              List.of("no longer passes because", "items#", "meaning"));
      verdicts
          .reasons()
          .forEach(
              reason ->
                  grid.row(
                      reason.code(), Words.count(reason.count()), Words.meaning(reason.code())));
      grid.end();
    }
    gallery.row("No longer pass, for example", verdicts.fails());
    gallery.row("Newly pass, for example", verdicts.passes());
  }
}
