// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.watch.report.Change;
import dev.lakehouse.core.watch.report.ReportContent;
import dev.lakehouse.core.watch.report.ReportPage;
import dev.lakehouse.core.watch.report.RuleCount;
import dev.lakehouse.core.watch.report.Told;
import dev.lakehouse.core.watch.sheet.Thumbnails;
import dev.lakehouse.core.watch.state.LakeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes the report of one run. What cannot be read any more is said in its place; the rest is told
 * all the same.
 */
public final class RunSurvey {
  private static final int EXAMPLES = 6;
  private static final int FIGURES_OF = 100_000;
  private static final long PICTURE_BYTES = 1_900_000;
  private static final long CONTENT_BYTES = 64L << 20;

  private final LakeView view;
  private final RunNote run;
  private final List<Release> releases;
  private final List<String> notes;
  private final Showcase showcase;

  /**
   * @param view of the lake as the run left it
   * @param releases that there are now
   * @param notes what a reader has to know first
   * @param hadoop settings of the storage beyond its defaults
   * @param pictures time that reading and decoding them may take
   */
  public RunSurvey(
      LakeView view,
      RunNote run,
      List<Release> releases,
      List<String> notes,
      Map<String, String> hadoop,
      Duration pictures) {
    this.view = view;
    this.run = run;
    this.releases = List.copyOf(releases);
    this.notes = List.copyOf(notes);
    long most = Math.min(CONTENT_BYTES, view.settings().integer(Setting.MAX_BYTES));
    this.showcase =
        new Showcase(
            new Contents(BlobStores.at(lake().layout().blobsUri(), hadoop), hadoop, most),
            new Thumbnails(Limits.from(view.settings()), PICTURE_BYTES),
            pictures);
  }

  private LakeReader lake() {
    return view.lake();
  }

  /** The report as a page of HTML. */
  public String page() {
    return ReportPage.of(content());
  }

  ReportContent content() {
    Optional<Policy> policy = view.judge();
    List<Rule> rules = policy.map(Policy::rules).orElse(List.of());
    Told<Verdicts> verdicts = told(() -> new Verdicts(lake(), EXAMPLES));
    Told<FigureSurvey> figures =
        then(verdicts, said -> FigureSurvey.of(lake(), rules, said, FIGURES_OF));
    Told<CopySurvey> copies = then(verdicts, said -> new CopySurvey(lake(), said));
    Told<ChangeSurvey> change = change(verdicts);
    want(rules, verdicts, figures);
    copies.value().ifPresent(each -> each.want(showcase));
    change.value().ifPresent(each -> each.want(showcase));
    Told<Boolean> loaded =
        told(
            () -> {
              showcase.load(lake());
              return true;
            });
    return new ReportContent(
        run.reported(lake().layout().root()),
        notes,
        told(() -> FunnelSurvey.of(view)),
        new Change(then(change, each -> each.told(showcase)), catalog()),
        then(verdicts, said -> counts(rules, said, figures.value())),
        then(figures, FigureSurvey::charts),
        figures.value().map(FigureSurvey::samples).orElse(Map.of()),
        then(copies, each -> each.told(showcase)),
        told(() -> LostSurvey.of(view.tables().deadLetters())),
        StepTimes.of(run),
        told(() -> OriginSurvey.of(lake(), releases, policy, run)),
        sampling(loaded));
  }

  private Told<ChangeSurvey> change(Told<Verdicts> verdicts) {
    Optional<String> nothing =
        told(() -> ChangeSurvey.nothing(run, lake())).value().flatMap(each -> each);
    if (nothing.isPresent()) {
      return Told.not(nothing.get());
    }
    long before = run.before().getOrDefault(Tables.VERDICTS.name(), LakeReader.ABSENT);
    return then(verdicts, said -> new ChangeSurvey(lake(), said, before));
  }

  private Told<Change.OfCatalog> catalog() {
    try {
      return ChangeSurvey.catalog(lake(), run.id());
    } catch (LakehouseException e) {
      return untold(e);
    }
  }

  private static Stream<Rule> all(List<Rule> rules) {
    return Stream.concat(Kinds.PROBES.contract().stream(), rules.stream());
  }

  /** Where a threshold was missed, both its sides are shown; else some of what a rule caught. */
  private void want(List<Rule> rules, Told<Verdicts> verdicts, Told<FigureSurvey> figures) {
    verdicts
        .value()
        .ifPresent(
            said ->
                all(rules)
                    .filter(rule -> said.tripped(rule.name()) > 0)
                    .forEach(
                        rule -> {
                          List<Limit> missed = missed(rule, figures.value());
                          missed.forEach(limit -> showcase.want(limit.picks()));
                          showcase.want(missed.isEmpty() ? said.examples(rule.name()) : List.of());
                        }));
  }

  private static List<Limit> missed(Rule rule, Optional<FigureSurvey> figures) {
    List<Limit> missed = new ArrayList<>();
    figures.map(each -> each.limits(rule)).orElse(List.of()).stream()
        .filter(Limit::isMissed)
        .filter(limit -> missed.stream().noneMatch(limit::isLike))
        .forEach(missed::add);
    return missed;
  }

  private List<RuleCount> counts(
      List<Rule> rules, Verdicts verdicts, Optional<FigureSurvey> figures) {
    List<RuleCount> counts = new ArrayList<>();
    all(rules)
        .forEach(
            rule -> {
              long tripped = verdicts.tripped(rule.name());
              List<Limit> missed = tripped == 0 ? List.of() : missed(rule, figures);
              counts.add(
                  new RuleCount(
                      rule,
                      rules.contains(rule),
                      tripped,
                      missed.stream().map(limit -> limit.shown(showcase)).toList(),
                      missed.isEmpty()
                          ? showcase.shown(verdicts.examples(rule.name()))
                          : List.of()));
            });
    return counts;
  }

  private List<String> sampling(Told<Boolean> loaded) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Counts of items are of all of them, from the tables that the run committed; those beside"
            + " a measurement are of the contents that it draws. Items that are shown are"
            + " samples: at most %d for a rule, 3 for each side of a threshold, the largest groups"
                .formatted(EXAMPLES)
            + " of copies; which ones is decided by ids and figures, so the same lake shows the"
            + " same ones.");
    sentences.add(
        "Pictures were decoded and made anew, small; no file of yours is in this page, and it"
            + " reaches for nothing.");
    if (!loaded.why().isEmpty()) {
      sentences.add("No items are shown: " + loaded.why());
    }
    if (showcase.leftOut() > 0) {
      sentences.add(
          "%,d pictures were left out to keep the page small and the run short; 'lakehouse report"
                  .formatted(showcase.leftOut())
              + " --run %s' takes more time for them.".formatted(run.id()));
    }
    return sentences;
  }

  private static <T> Told<T> told(Supplier<T> survey) {
    try {
      return Told.of(survey.get());
    } catch (LakehouseException e) {
      return untold(e);
    }
  }

  private static <T, U> Told<U> then(Told<T> first, java.util.function.Function<T, U> survey) {
    return first
        .value()
        .map(value -> RunSurvey.<U>told(() -> survey.apply(value)))
        .orElseGet(() -> Told.not(first.why()));
  }

  private static <T> Told<T> untold(LakehouseException e) {
    return Told.not("This cannot be told any more. " + e.getMessage());
  }
}
