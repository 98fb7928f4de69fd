// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Severity;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every rule with what it caught, and the items on both sides of its threshold. */
final class RulePart {
  private static final Comparator<RuleCount> MOST_FIRST =
      Comparator.comparing((RuleCount count) -> count.rule().severity() == Severity.WARN)
          .thenComparing(Comparator.comparingLong(RuleCount::tripped).reversed())
          .thenComparing(count -> count.rule().name());

  /** Rules whose items are seen without a click. */
  private static final int OPEN = 5;

  private final Markup page;
  private final Gallery gallery;

  RulePart(Markup page, Gallery gallery) {
    this.page = page;
    this.gallery = gallery;
  }

  void write(RuleCounts rules) {
    List<RuleCount> tripped =
        rules.known().stream().filter(rule -> rule.tripped() > 0).sorted(MOST_FIRST).toList();
    if (tripped.isEmpty() && rules.unknown().isEmpty()) {
      page.element("p", "No rule caught anything.");
    }
    unknown(rules.unknown());
    for (int i = 0; i < tripped.size(); i++) {
      rule(tripped.get(i), i < OPEN);
    }
    idle(rules.known().stream().filter(rule -> rule.tripped() == 0).toList());
  }

  /** The verdicts name rules that no text at hand has. */
  private void unknown(Map<String, Long> counts) {
    if (counts.isEmpty()) {
      return;
    }
    page.element(
        "p",
        "The text of the policy that judged is not to be found: of its rules only their names and"
            + " what they caught are known.",
        "class",
        "callout");
    Grid grid =
        new Grid(page, "Rules of which the name is known alone", List.of("rule", "caught#"));
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(each -> grid.row(each.getKey(), Words.count(each.getValue())));
    grid.end();
  }

  private void idle(List<RuleCount> others) {
    if (!others.isEmpty()) {
      page.open("details");
      page.element(
          "summary", "%s that caught nothing".formatted(Words.count(others.size(), "rule")));
      Grid grid =
          new Grid(page, "Rules that caught nothing", List.of("rule", "of", "requires", "else"));
      others.forEach(
          each ->
              grid.row(
                  each.rule().name(),
                  Words.kind(each.rule().appliesTo()),
                  each.rule().require().strip(),
                  severity(each.rule()) + " " + each.rule().reason()));
      grid.end();
      page.close();
    }
  }

  private void rule(RuleCount count, boolean open) {
    Rule rule = count.rule();
    page.open("article", "class", "rule");
    page.open("h3").element("code", rule.name());
    page.element("span", severity(rule), "class", "pill " + severity(rule));
    page.element("span", Words.count(count.tripped(), "item"), "class", "number").close();
    page.open("p", "class", "small")
        .text("must hold for %s: ".formatted(Words.kind(rule.appliesTo())));
    page.element("code", rule.require().strip());
    page.text(count.relaxable() ? "" : " (no policy can relax it)").close();
    if (open) {
      items(count);
    } else {
      page.open("details").element("summary", "Show some");
      items(count);
      page.close();
    }
    page.close();
  }

  private void items(RuleCount count) {
    count.limits().stream().filter(limit -> !limit.isEmpty()).forEach(this::limit);
    gallery.row("For example", count.examples());
  }

  private void limit(RuleCount.Limit limit) {
    page.open("div", "class", "limit");
    gallery.row("Misses %s by most".formatted(limit.words()), limit.worst());
    gallery.row("Just misses %s".formatted(limit.words()), limit.beyond());
    gallery.row("Just keeps it", limit.within());
    page.close();
  }

  private static String severity(Rule rule) {
    return rule.severity().name().toLowerCase(Locale.ROOT);
  }
}
