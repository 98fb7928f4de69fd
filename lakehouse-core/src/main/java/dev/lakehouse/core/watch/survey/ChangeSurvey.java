// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static java.util.Comparator.comparingLong;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.watch.report.Change.OfCatalog;
import dev.lakehouse.core.watch.report.Change.OfVerdicts;
import dev.lakehouse.core.watch.report.Funnel.Reason;
import dev.lakehouse.core.watch.report.Told;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a judgement and a release changed against those before them. */
final class ChangeSurvey {
  private static final int EXAMPLES = 6;
  private static final int REASONS = 20;

  private final Nearest passing = new Nearest(EXAMPLES);
  private final Nearest failing = new Nearest(EXAMPLES);
  private final Map<String, Long> reasons = new TreeMap<>();
  private long passes;
  private long fails;

  /** Compares the verdicts with those at a version of before. */
  ChangeSurvey(LakeReader lake, Verdicts now, long version) {
    Set<String> before = Verdicts.passedAt(lake, version);
    for (String id : now.assets()) {
      if (now.passes(id) && !before.contains(id)) {
        passes++;
        passing.offer(0, id, "");
      }
    }
    for (String id : before) {
      if (!now.passes(id)) {
        fails++;
        List<String> why = now.reasons(id).orElse(List.of("GONE"));
        failing.offer(0, id, String.join(", ", why));
        why.forEach(code -> reasons.merge(code, 1L, Long::sum));
      }
    }
  }

  void want(Showcase showcase) {
    showcase.want(passing.inOrder());
    showcase.want(failing.inOrder());
  }

  OfVerdicts told(Showcase showcase) {
    List<Reason> most =
        reasons.entrySet().stream()
            .map(reason -> new Reason("failed", reason.getKey(), reason.getValue()))
            .sorted(comparingLong(Reason::count).reversed().thenComparing(Reason::code))
            .limit(REASONS)
            .toList();
    return new OfVerdicts(
        passes, fails, most, showcase.shown(passing.inOrder()), showcase.shown(failing.inOrder()));
  }

  /** Whether a comparison says anything; why not, where it does not. */
  static Optional<String> nothing(RunNote run, LakeReader lake) {
    Optional<Long> before = Optional.ofNullable(run.before().get(Tables.VERDICTS.name()));
    long now = lake.version(Tables.VERDICTS);
    if (now == LakeReader.ABSENT) {
      return Optional.of("Nothing was judged yet.");
    }
    if (before.isEmpty()) {
      return Optional.of("What stood before is not known: the run left no report of its own.");
    }
    if (before.get() == LakeReader.ABSENT) {
      return Optional.of("This was the first judgement: there is none before to compare it with.");
    }
    return before.get() == now
        ? Optional.of("The run judged nothing anew: all verdicts are those of before.")
        : Optional.empty();
  }

  /** What the release of a run changed of what readers see. */
  static Told<OfCatalog> catalog(LakeReader lake, String run) {
    List<Release> all = lake.releases();
    Optional<Release> made =
        all.stream().filter(each -> each.run().equals(run)).reduce((first, second) -> second);
    if (made.isEmpty()) {
      return Told.not(
          Release.current(all)
              .map(
                  current ->
                      "This run released nothing. Readers see release %,d with %,d items, as before."
                          .formatted(current.sequence(), current.published()))
              .orElse("This run released nothing, and nothing else is released."));
    }
    Optional<Release> parent =
        all.stream()
            .filter(each -> made.get().parent().filter(each.id()::equals).isPresent())
            .findFirst();
    return Told.of(difference(lake, made.get(), parent));
  }

  private static OfCatalog difference(LakeReader lake, Release made, Optional<Release> parent) {
    Set<String> before = parent.map(each -> ids(lake, each)).orElse(Set.of());
    Set<String> after = ids(lake, made);
    long stayed = after.stream().filter(before::contains).count();
    return new OfCatalog(
        made.sequence(),
        parent.map(Release::sequence),
        after.size() - stayed,
        before.size() - stayed,
        stayed);
  }

  private static Set<String> ids(LakeReader lake, Release release) {
    Set<String> ids = new HashSet<>();
    lake.forEachAt(
        CatalogTable.FIRST,
        release.catalogVersion(),
        List.of("asset_id"),
        row -> ids.add(row.require("asset_id", String.class)));
    return ids;
  }
}
