// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.ReadablePlace;
import dev.lakehouse.core.watch.report.Funnel.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The first screen: how much went in, how much came out, and why not the rest. */
final class SummaryPart {
  private static final int REASONS = 8;

  private final Markup page;
  private final ReportContent content;

  SummaryPart(Markup page, ReportContent content) {
    this.page = page;
    this.content = content;
  }

  void write() {
    ReportedRun run = content.run();
    page.open("header", "class", "head");
    page.open("p", "class", "brand").text("Lakehouse ").element("span", "run report").close();
    page.element("h1", headline());
    page.element("p", subtitle(), "class", "lead");
    page.open("p", "class", "meta");
    page.element("span", ending(), "class", "pill " + mood());
    page.element("span", run.command());
    run.started().ifPresent(at -> page.element("span", Words.moment(at)));
    run.took().ifPresent(took -> page.element("span", Words.duration(took)));
    page.open("span").theirs(ReadablePlace.of(run.lake())).close();
    page.element("code", run.id());
    page.close();
    run.error().ifPresent(this::error);
    content.notes().forEach(note -> page.element("p", note, "class", "callout"));
    page.close();
    content.funnel().value().ifPresentOrElse(this::funnel, () -> untold(content.funnel().why()));
  }

  private void error(ReportedRun.Failure error) {
    page.open("div", "class", "callout bad", "role", "note");
    page.element("strong", error.code()).text(" ");
    page.theirs(error.message());
    page.close();
  }

  private void untold(String why) {
    page.element("p", why, "class", "callout");
  }

  private String headline() {
    return content
        .funnel()
        .value()
        .map(
            funnel ->
                funnel.seen() == 0
                    ? "Nothing was seen"
                    : funnel.count("published") == 0
                        ? "Nothing of %s is published".formatted(items(funnel.seen()))
                        : "%s of %s published"
                            .formatted(
                                Words.count(funnel.count("published")), items(funnel.seen())))
        .orElse("A run of which little can be told any more");
  }

  private static String items(long count) {
    return Words.count(count, "item");
  }

  private String subtitle() {
    return content.funnel().value().map(SummaryPart::rest).orElse("");
  }

  private static String rest(Funnel funnel) {
    long rest = funnel.seen() - funnel.count("published");
    if (rest == 0) {
      return funnel.seen() == 0
          ? "No source offered anything."
          : "Everything that was seen is out.";
    }
    String parts =
        Words.STATES.keySet().stream()
            .filter(state -> !state.equals("published") && funnel.count(state) > 0)
            .map(state -> Words.count(funnel.count(state)) + " " + Words.areState(state))
            .collect(Collectors.joining(", "));
    return "The other %s: %s.".formatted(Words.count(rest), parts);
  }

  private String ending() {
    ReportedRun run = content.run();
    if (!run.isOver()) {
      return "no end known";
    }
    return run.isGood() ? "finished" : "ended with exit " + run.exitCode().orElse(1);
  }

  private String mood() {
    return !content.run().isOver() ? "open" : content.run().isGood() ? "good" : "bad";
  }

  private void funnel(Funnel funnel) {
    page.open("section", "class", "first", "aria-label", "From what was seen to what is published");
    page.open("div", "class", "panel");
    page.element("h2", "What became of it");
    page.open("ol", "class", "funnel");
    long left = funnel.seen();
    step("seen", "seen", funnel.seen(), left, 0, funnel.seen());
    for (Map.Entry<String, String> state : Words.STATES.entrySet()) {
      long count = funnel.count(state.getKey());
      if (state.getKey().equals("published")) {
        step("published", "published", count, count, 0, funnel.seen());
      } else if (count > 0) {
        left -= count;
        step(state.getKey(), state.getValue(), count, left, count, funnel.seen());
      }
    }
    page.close().close();
    reasons(funnel);
    page.close();
  }

  private void step(String kind, String words, long count, long left, long gone, long whole) {
    page.open("li", "class", "step " + kind);
    page.open("span", "class", "what").text(words).close();
    page.open("span", "class", "number");
    page.text(gone > 0 ? "− " + Words.count(count) : Words.count(count)).close();
    page.open("span", "class", "bar", "aria-hidden", "true");
    page.element("span", "", "class", "left", "style", width(left, whole));
    page.element("span", "", "class", "gone", "style", width(gone, whole));
    page.close().close();
  }

  private static String width(long part, long whole) {
    double percent = whole == 0 ? 0 : 100.0 * part / whole;
    return "width:%s%%"
        .formatted(String.format(Locale.ROOT, "%.2f", part > 0 ? Math.max(0.4, percent) : 0));
  }

  private void reasons(Funnel funnel) {
    page.open("div", "class", "panel");
    page.element("h2", "Why not the rest");
    List<Reason> reasons = funnel.reasons();
    if (reasons.isEmpty()) {
      page.element("p", "Nothing stands against anything.", "class", "small");
    }
    long most = reasons.stream().mapToLong(Reason::count).max().orElse(1);
    page.open("ol", "class", "reasons");
    for (Reason reason : reasons.stream().limit(REASONS).toList()) {
      page.open("li", "class", "reason " + reason.state());
      page.open("span", "class", "what").element("code", reason.code());
      page.element("span", meaning(reason), "class", "small").close();
      page.element("span", Words.count(reason.count()), "class", "number");
      page.open("span", "class", "bar", "aria-hidden", "true");
      page.element("span", "", "class", "gone", "style", width(reason.count(), most));
      page.close().close();
    }
    page.close();
    if (reasons.size() > REASONS) {
      page.open("p", "class", "small");
      page.element(
          "a", "All %s reasons".formatted(Words.count(reasons.size())), "href", "#sources");
      page.close();
    }
    page.close();
  }

  private String meaning(Reason reason) {
    String meaning = content.meaning(reason.code());
    return meaning.isEmpty() ? Words.state(reason.state()) : meaning;
  }
}
