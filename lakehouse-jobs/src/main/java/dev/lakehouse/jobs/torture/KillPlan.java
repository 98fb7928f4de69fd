// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.jobs.lake.release.Publication.Step;
import dev.lakehouse.jobs.torture.Moment.AfterStep;
import dev.lakehouse.jobs.torture.Moment.AtShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws moments from a seed: one to three in every stage of a round, so that the process that heals
 * is killed too, and one more in publish, which goes through its steps in turn.
 */
final class KillPlan {
  private static final Step[] STEPS = Step.values();
  private static final int MOST = 3;

  private final Random random;
  private int turn;

  KillPlan(long seed) {
    this.random = new Random(seed);
  }

  /** When the next processes of a stage are killed, one after the other. */
  List<Moment> moments(Stage stage) {
    List<Moment> moments = new ArrayList<>();
    if (stage.name().equals(Stage.PUBLISH)) {
      moments.add(new AfterStep(STEPS[turn++ % STEPS.length]));
    }
    int anywhere = 1 + random.nextInt(MOST);
    for (int i = 0; i < anywhere; i++) {
      moments.add(new AtShare(random.nextDouble()));
    }
    return moments;
  }
}
