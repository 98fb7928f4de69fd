// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.watch.report.Change;
import dev.lakehouse.core.watch.report.ReportContent;
import dev.lakehouse.core.watch.report.ReportPage;
import dev.lakehouse.core.watch.report.Told;
import dev.lakehouse.core.watch.sheet.Looks;
import dev.lakehouse.core.watch.state.LakeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private final Telling telling;
  private final RunNote run;
  private final LakeView now;
  private final List<String> notes;
  private final Duration pictures;
  private final Showcase showcase;

  /**
   * @param view of the lake as the run left it
   * @param now the lake as it is, whose releases are listed
   * @param notes what a reader has to know first
   * @param hadoop settings of the storage beyond its defaults
   * @param pictures time that reading and decoding them may take
   */
  public RunSurvey(
      LakeView view,
      RunNote run,
      LakeView now,
      List<String> notes,
      Map<String, String> hadoop,
      Duration pictures) {
    this.view = view;
    this.telling = new Telling(view.lake());
    this.run = run;
    this.now = now;
    this.notes = List.copyOf(notes);
    this.pictures = pictures;
    long most = Math.min(CONTENT_BYTES, view.settings().integer(Setting.MAX_BYTES));
    this.showcase =
        new Showcase(
            new Looks(
                new Contents(BlobStores.at(lake().layout().blobsUri(), hadoop), hadoop, most),
                Limits.from(view.settings()),
                PICTURE_BYTES,
                Showcase.EXCERPT),
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
    Found found = find();
    found.want(showcase);
    Told<Boolean> loaded = telling.told(this::load);
    return new ReportContent(
        run.reported(lake().layout().root()),
        notes,
        telling.told(() -> FunnelSurvey.of(view)),
        new Change(telling.then(found.change, each -> each.told(showcase)), catalog()),
        telling.then(found.rules, each -> each.told(showcase)),
        telling.then(found.figures, FigureSurvey::charts),
        found.figures.value().map(FigureSurvey::samples).orElse(Map.of()),
        telling.then(found.copies, each -> each.told(showcase)),
        telling.told(() -> LostSurvey.of(view.tables().deadLetters().rows())),
        StepTimes.of(run),
        new OriginSurvey(telling, run).told(found.policy, telling.told(now::releases)),
        sampling(loaded));
  }

  /** What items are shown for. */
  private record Found(
      Optional<Policy> policy,
      Told<FigureSurvey> figures,
      Told<RuleSurvey> rules,
      Told<CopySurvey> copies,
      Told<ChangeSurvey> change) {

    void want(Showcase showcase) {
      rules.value().ifPresent(each -> each.want(showcase));
      copies.value().ifPresent(each -> each.want(showcase));
      change.value().ifPresent(each -> each.want(showcase));
    }
  }

  private Found find() {
    Optional<Policy> policy = telling.told(view::judge).value().flatMap(found -> found);
    List<Rule> rules = policy.map(Policy::rules).orElse(List.of());
    Told<Verdicts> verdicts = telling.told(() -> Verdicts.of(lake(), EXAMPLES));
    Told<FigureSurvey> figures =
        telling.then(
            verdicts, said -> FigureSurvey.of(lake(), view.probes(), rules, said, FIGURES_OF));
    return new Found(
        policy,
        figures,
        telling.then(verdicts, said -> new RuleSurvey(rules, said, figures.value())),
        telling.then(verdicts, said -> CopySurvey.of(lake(), said)),
        change(verdicts));
  }

  private boolean load() {
    showcase.load(lake());
    return true;
  }

  private Told<ChangeSurvey> change(Told<Verdicts> verdicts) {
    Optional<String> nothing =
        telling.told(() -> ChangeSurvey.nothing(run, lake())).value().flatMap(each -> each);
    if (nothing.isPresent()) {
      return Told.not(nothing.get());
    }
    long before = run.before().getOrDefault(Tables.VERDICTS.name(), LakeReader.ABSENT);
    return telling.then(verdicts, said -> new ChangeSurvey(lake(), said, before));
  }

  private Told<Change.OfCatalog> catalog() {
    Told<ReleaseChange> change = telling.told(() -> ReleaseChange.of(lake(), run));
    return change.value().map(each -> each.told(telling)).orElseGet(() -> Told.not(change.why()));
  }

  private List<String> sampling(Told<Boolean> loaded) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Counts of items are of all of them, from the tables that the run committed; those beside"
            + " a measurement are of the contents that it draws. Items that are shown are"
            + " samples: at most %s for a rule, 3 for each side of a threshold, the largest groups"
                .formatted(EXAMPLES)
            + " of copies; which ones is decided by ids and figures, so the same lake shows the"
            + " same ones.");
    sentences.add(
        "Pictures were decoded and made anew, small; no file of yours is in this page, and it"
            + " reaches for nothing.");
    if (!loaded.why().isEmpty()) {
      sentences.add("No items are shown: " + loaded.why());
    }
    sentences.addAll(leftOut(showcase.late(), showcase.crowded()));
    return sentences;
  }

  /**
   * What is not shown.
   *
   * @param late contents that there was no time for
   * @param crowded pictures that there was no room for
   */
  List<String> leftOut(long late, long crowded) {
    List<String> sentences = new ArrayList<>();
    if (late > 0) {
      String rest =
          pictures.compareTo(PastRuns.PICTURES) < 0
              ? "; 'lakehouse report --run %s' takes more time for them.".formatted(run.id())
              : ".";
      sentences.add(
          "%s left out to keep this short%s".formatted(Counted.of(late, "content"), rest));
    }
    if (crowded > 0) {
      sentences.add(
          "%s left out to keep the page small.".formatted(Counted.of(crowded, "picture")));
    }
    return sentences;
  }
}
