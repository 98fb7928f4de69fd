// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.StageNote;
import dev.lakehouse.core.watch.report.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What everything was made with. */
final class OriginSurvey {

  private OriginSurvey() {}

  /**
   * Tells it.
   *
   * @param lake as the run left it
   * @param releases that there are now
   */
  static Origin of(LakeReader lake, List<Release> releases, Optional<Policy> policy, RunNote run) {
    Optional<StageNote> judged = lake.lastNote(Tables.VERDICTS, "judge");
    Optional<Release> inForce = Release.current(lake.releases());
    Map<String, Long> before = run.before();
    return new Origin(
        policy.map(Policy::name).orElse("a policy whose text is gone"),
        policy
            .map(Policy::digest)
            .or(() -> judged.flatMap(note -> note.find("policy")))
            .orElse("unknown"),
        judged.flatMap(note -> note.find("judgement")),
        inForce,
        inForce.map(Release::familiesOff).orElse(List.of()),
        LakeSchema.TABLES.stream()
            .map(
                table ->
                    new Origin.Version(
                        table.name(),
                        before.getOrDefault(table.name(), LakeReader.ABSENT),
                        lake.version(table)))
            .toList(),
        releases);
  }
}
