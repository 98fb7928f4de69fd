// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.proof.CommittedOutcomes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;

/** Starts a stage and kills its process at a moment; touches no process but its own. */
final class Executioner {
  private static final long LOOK_EVERY_MILLIS = 20;

  private final Commands commands;
  private final TrialLake lake;
  private final Configuration hadoop;
  private final RunFolders runs;

  Executioner(Commands commands, TrialLake lake, Configuration hadoop) {
    this.commands = commands;
    this.lake = lake;
    this.hadoop = hadoop;
    this.runs = new RunFolders(lake.layout().runs(), hadoop);
  }

  /**
   * Kills one process.
   *
   * @param work how long the stage works in peace
   * @return the waves that were lost; nothing where the process ended before the moment came
   */
  OptionalDouble kill(Stage stage, Moment moment, Duration work) throws InterruptedException {
    Set<String> before = runs.ids();
    try (ChildProcess child = commands.start(stage, lake, options(moment))) {
      if (moment instanceof Moment.AtShare at) {
        awaitWork(child, before);
        TimeUnit.NANOSECONDS.sleep((long) (work.toNanos() * at.share()));
        child.kill();
      }
      boolean killed = child.await() == ChildProcess.KILLED;
      return killed ? OptionalDouble.of(lost(child.log(), before)) : OptionalDouble.empty();
    }
  }

  private static List<String> options(Moment moment) {
    return moment instanceof Moment.AfterStep after
        ? List.of("-D" + HaltAfter.PROPERTY + "=" + after.step().name())
        : List.of();
  }

  /** The start of a process touches no lake: moments are counted from where its run begins. */
  private void awaitWork(ChildProcess child, Set<String> before) throws InterruptedException {
    while (child.isAlive() && runs.begun(before).isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private double lost(Path log, Set<String> before) {
    LakeLayout layout = lake.layout();
    Optional<String> run = runs.begun(before);
    return run.map(id -> WaveLog.read(log).lost(CommittedOutcomes.of(layout, hadoop, id)))
        .orElse(0.0);
  }
}
