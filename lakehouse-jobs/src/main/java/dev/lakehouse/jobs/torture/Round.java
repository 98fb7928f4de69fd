// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.lake.proof.LakeContents;
import dev.lakehouse.core.lake.proof.LakeContentsReader;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.torture.Rehearsal.Peace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A lake that goes through every stage with its processes killed.
 *
 * <p>It is compared after every stage, and goes on into the next: what a killed stage left behind
 * is what the later ones build on.
 */
final class Round {
  private static final int REPEATS = 3;
  private static final int DIFFERENCES_SHOWN = 5;

  private final Ground ground;
  private final Rehearsal rehearsal;
  private final Commands commands;
  private final Progress progress;
  private final TrialLake lake;
  private final List<Kill> kills = new ArrayList<>();
  private int late;

  Round(Ground ground, Rehearsal rehearsal, Commands commands, Progress progress) {
    this.ground = ground;
    this.rehearsal = rehearsal;
    this.commands = commands;
    this.progress = progress;
    this.lake = ground.lake("tortured");
  }

  /** Where it happens. */
  TrialLake lake() {
    return lake;
  }

  List<Kill> kills() {
    return kills;
  }

  /** Processes that ended before their moment came. */
  int late() {
    return late;
  }

  /**
   * Goes through the stages, until one of them does not survive.
   *
   * @param first number of the first kill
   * @param most kills
   */
  void run(KillPlan plan, int first, int most) throws InterruptedException {
    for (Map.Entry<Stage, Peace> each : rehearsal.stages().entrySet()) {
      Stage stage = each.getKey();
      int from = kills.size();
      boolean unfinished = true;
      for (Moment moment : plan.moments(stage)) {
        if (unfinished && kills.size() < most) {
          unfinished = kill(stage, moment, each.getValue(), first + kills.size());
        }
      }
      Optional<String> wrong = finish(stage, each.getValue().contents());
      if (wrong.isPresent()) {
        fail(kills.subList(from, kills.size()), first + from, wrong.get());
        return;
      }
    }
  }

  /** Returns false if the stage came to its end before. */
  private boolean kill(Stage stage, Moment moment, Peace peace, int number)
      throws InterruptedException {
    OptionalDouble lost =
        new Executioner(commands, lake, ground.hadoop()).kill(stage, moment, peace.work());
    if (lost.isEmpty()) {
      late++;
      progress.say("torture: %s ended before it was killed %s".formatted(stage.name(), moment));
      return false;
    }
    kills.add(
        new Kill(
            number,
            stage.name(),
            moment.toString(),
            lost.getAsDouble(),
            Optional.empty(),
            Optional.empty()));
    progress.say("torture: kill %d, %s %s".formatted(number, stage.name(), moment));
    return true;
  }

  /** Repeats a stage until it ends well, and says what is wrong then, if anything is. */
  private Optional<String> finish(Stage stage, LakeContents expected) {
    int exitCode = commands.run(stage, lake);
    for (int i = 1; i < REPEATS && exitCode != 0; i++) {
      exitCode = commands.run(stage, lake);
    }
    if (exitCode != 0) {
      return Optional.of("'%s' ends with %d again and again".formatted(stage.name(), exitCode));
    }
    List<String> differences =
        expected.differences(LakeContentsReader.read(lake.layout(), ground.hadoop()));
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d differences, such as %s"
                .formatted(
                    differences.size(),
                    differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size()))));
  }

  /** Keeps what can show why. */
  private void fail(List<Kill> guilty, int number, String why) {
    progress.say("torture: kill %d did not survive: %s".formatted(number, why));
    TrialLake kept = ground.lake("failed-" + number);
    ground.copy(lake, kept);
    String logs = ground.keep(commands.logs(), "failed-" + number + "/logs");
    progress.say("torture: lake and logs are kept in " + logs);
    guilty.replaceAll(kill -> kill.failed(why, kept.layout().root()));
  }
}
