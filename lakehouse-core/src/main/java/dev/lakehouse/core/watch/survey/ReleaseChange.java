// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.watch.report.Change.OfCatalog;
import dev.lakehouse.core.watch.report.Told;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run changed of what readers see.
 *
 * @param run its id
 * @param before releases when it began; empty where nobody knows
 * @param after releases when it ended
 */
record ReleaseChange(String run, Optional<List<Release>> before, List<Release> after) {

  static ReleaseChange of(LakeReader lake, RunNote run) {
    return new ReleaseChange(
        run.id(),
        run.before().containsKey(Tables.RELEASES.name())
            ? new Telling(lake).told(() -> lake.at(run.before()).releases()).value()
            : Optional.empty(),
        lake.releases());
  }

  /** The difference that its release makes, or what became of readers where it made none. */
  Told<OfCatalog> told(Telling telling) {
    Optional<Release> made =
        after.stream().filter(each -> each.run().equals(run)).reduce((first, second) -> second);
    return made.map(each -> telling.told(() -> difference(telling.lake(), each)))
        .orElseGet(() -> Told.not(sentence()));
  }

  /** Where readers start, of a run that released nothing. */
  private String sentence() {
    Optional<Release> now = Release.current(after);
    if (before.isEmpty()) {
      return now.map(each -> "This run released nothing. Readers see %s.".formatted(named(each)))
          .orElse("This run released nothing, and nothing else is released.");
    }
    Optional<Release> then = before.flatMap(Release::current);
    if (then.map(Release::id).equals(now.map(Release::id))) {
      return now.map(
              each ->
                  "This run released nothing. Readers see %s, as before.".formatted(named(each)))
          .orElse("This run released nothing, and nothing else is released.");
    }
    if (now.isEmpty()) {
      return "Release %s was withdrawn: readers find nothing any more."
          .formatted(then.map(ReleaseChange::number).orElse(""));
    }
    return isBack(then, now.get())
        ? "Readers moved from release %s back to %s."
            .formatted(then.map(ReleaseChange::number).orElse(""), named(now.get()))
        : "This run released nothing. Another did meanwhile: readers see %s."
            .formatted(named(now.get()));
  }

  private static boolean isBack(Optional<Release> then, Release now) {
    return then.filter(each -> each.sequence() > now.sequence()).isPresent();
  }

  private static String number(Release release) {
    return Counted.of(release.sequence());
  }

  private static String named(Release release) {
    return "release %s with %s".formatted(number(release), Counted.of(release.published(), "item"));
  }

  private OfCatalog difference(LakeReader lake, Release made) {
    Optional<Release> parent =
        after.stream()
            .filter(each -> made.parent().filter(each.id()::equals).isPresent())
            .findFirst();
    Set<String> before = parent.map(each -> ids(lake, each)).orElse(Set.of());
    Set<String> now = ids(lake, made);
    long stayed = now.stream().filter(before::contains).count();
    return new OfCatalog(
        made.sequence(),
        parent.map(Release::sequence),
        now.size() - stayed,
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
