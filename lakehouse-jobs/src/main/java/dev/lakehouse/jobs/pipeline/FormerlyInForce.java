// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.Kept.KeptPolicy;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.release.ReleaseLog;
import java.util.List;
import java.util.Optional;

/**
 * What a lake works by that was made before lakes kept what they were given: the policy of its last
 * judgement and the models of its current release.
 *
 * @param tables of the lake
 * @param layout where its parts are
 */
record FormerlyInForce(LakeTables tables, LakeLayout layout) {

  Kept kept() {
    if (!tables.exist()) {
      return Kept.nothing();
    }
    Kept kept = policy().map(Kept.nothing()::with).orElse(Kept.nothing());
    Optional<Release> release = new ReleaseLog(tables, layout).current();
    for (String family : List.of(FamilySpec.TEXT, FamilySpec.CLIP)) {
      if (release.isPresent()) {
        kept = with(kept, release.get(), family, Setting.family(family));
      }
    }
    return kept;
  }

  private static Kept with(Kept kept, Release release, String family, Setting setting) {
    return release
        .family(family)
        .map(index -> kept.with(setting, index.bundle()).withBundle(family, index.bundleDigest()))
        .orElse(
            release.familiesOff().stream().anyMatch(off -> off.startsWith(family + ": off by"))
                ? kept.with(setting, Bundles.NONE)
                : kept);
  }

  private Optional<KeptPolicy> policy() {
    PolicyFiles files = PolicyFiles.of(layout, tables.spark().sessionState().newHadoopConf());
    return tables
        .table(Tables.FILTERED)
        .history()
        .lastNote(JudgeStep.NAME)
        .flatMap(note -> note.find(JudgeStep.POLICY))
        .flatMap(files::find)
        .map(policy -> new KeptPolicy(policy.name(), policy.digest()));
  }
}
