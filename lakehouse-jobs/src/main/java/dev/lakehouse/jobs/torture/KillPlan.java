// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.jobs.lake.Publication.Step;
import dev.lakehouse.jobs.torture.Moment.AfterStep;
import dev.lakehouse.jobs.torture.Moment.AtShare;
import java.util.List;
import java.util.Random;

/**
 * Draws moments from a seed: one in every stage of a round and two in publish, of which the first
 * goes through its steps in turn.
 */
final class KillPlan {
  private static final Step[] STEPS = Step.values();

  private final Random random;
  private int turn;

  KillPlan(long seed) {
    this.random = new Random(seed);
  }

  /** When the next processes of a stage are killed, one after the other. */
  List<Moment> moments(Stage stage) {
    AtShare anywhere = new AtShare(random.nextDouble());
    return stage.name().equals(Stage.PUBLISH)
        ? List.of(new AfterStep(STEPS[turn++ % STEPS.length]), anywhere)
        : List.of(anywhere);
  }
}
