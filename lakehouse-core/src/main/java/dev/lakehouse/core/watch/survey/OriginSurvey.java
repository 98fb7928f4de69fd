// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.StageNote;
import dev.lakehouse.core.watch.report.Origin;
import dev.lakehouse.core.watch.report.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What everything was made with.
 *
 * @param telling of the lake as the run left it
 * @param run whose lake that is
 */
record OriginSurvey(Telling telling, RunNote run) {

  /**
   * Tells it.
   *
   * @param policy that judged, if its text is there
   * @param releases that there are now
   */
  Told<Origin> told(Optional<Policy> policy, Told<List<Release>> releases) {
    Optional<StageNote> judged =
        telling.told(() -> lake().lastNote(Tables.VERDICTS, "judge")).value().flatMap(note -> note);
    return Told.of(
        new Origin(
            policy.map(Policy::name).orElse("a policy whose text is gone"),
            policy
                .map(Policy::digest)
                .or(() -> judged.flatMap(note -> note.find("policy")))
                .orElse("unknown"),
            judged.flatMap(note -> note.find("judgement")),
            inForce(),
            LakeSchema.TABLES.stream().map(this::version).toList(),
            releases));
  }

  private LakeReader lake() {
    return telling.lake();
  }

  private Told<Release> inForce() {
    Told<List<Release>> releases = telling.told(lake()::releases);
    return releases
        .value()
        .map(
            all ->
                Release.current(all)
                    .map(Told::of)
                    .orElseGet(() -> Told.not("No release names any.")))
        .orElseGet(() -> Told.not(releases.why()));
  }

  /** Of a table that cannot be opened nothing is known; of a run without a report no beginning. */
  private Origin.Version version(Table table) {
    Map<String, Long> before = run.before();
    return new Origin.Version(
        table.name(),
        before.isEmpty()
            ? Optional.empty()
            : Optional.of(before.getOrDefault(table.name(), LakeReader.ABSENT)),
        telling.told(() -> lake().version(table)).value());
  }
}
