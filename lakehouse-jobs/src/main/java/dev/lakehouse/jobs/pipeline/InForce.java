// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeMemory;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a lake works by: what a command is told, else what the lake was given before, else the
 * default.
 *
 * @param tables of the lake
 * @param layout where its parts are
 */
public record InForce(LakeTables tables, LakeLayout layout) {

  /** What the lake keeps; of a lake that was made before lakes kept anything, what it shows. */
  public Kept now() {
    return orFormer(memory().now());
  }

  private LakeMemory memory() {
    return LakeMemory.of(layout, tables.spark().sessionState().newHadoopConf());
  }

  private Kept orFormer(Kept kept) {
    return kept.isNothing() ? new FormerlyInForce(tables, layout).kept() : kept;
  }

  /** The settings of a command, and under them those that the lake keeps. */
  public Settings under(Settings told) {
    Map<String, String> kept = new HashMap<>(now().settings());
    Set<String> known = Setting.kept().stream().map(Setting::key).collect(Collectors.toSet());
    kept.keySet().removeIf(key -> !known.contains(key) && Setting.familyOf(key).isEmpty());
    return told.orElse(kept, Settings.KEPT);
  }

  /** Says what would no longer be in force if the lake were given something. */
  public void say(Progress progress, UnaryOperator<Kept> change) {
    Kept before = now();
    Replaced.lines(before, change.apply(before)).forEach(progress::say);
  }

  /** Gives the lake something. */
  public Kept keep(Run run, UnaryOperator<Kept> change) {
    return memory().keep(run.id(), run.startedAt(), kept -> change.apply(orFormer(kept)));
  }
}
