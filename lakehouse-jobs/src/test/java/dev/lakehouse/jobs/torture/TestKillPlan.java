// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.lake.release.Publication.Step;
import dev.lakehouse.jobs.torture.Moment.AfterStep;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestKillPlan {
  private static final Stage MEASURE = Stage.of("measure");
  private static final Stage PUBLISH = Stage.of(Stage.PUBLISH);

  @Test
  void aSeedGivesTheSameMomentsAgain() {
    assertThat(new KillPlan(3).moments(MEASURE)).isEqualTo(new KillPlan(3).moments(MEASURE));
    assertThat(new KillPlan(3).moments(MEASURE)).isNotEqualTo(new KillPlan(4).moments(MEASURE));
  }

  @Test
  void processesThatHealAreKilledToo() {
    KillPlan plan = new KillPlan(1);
    Set<Integer> kills = new HashSet<>();
    for (int round = 0; round < 20; round++) {
      kills.add(plan.moments(MEASURE).size());
    }

    assertThat(kills).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void everyStepOfPublishHasItsTurn() {
    KillPlan plan = new KillPlan(1);
    Set<Step> hit = new HashSet<>();
    for (int round = 0; round < Step.values().length; round++) {
      List<Moment> moments = plan.moments(PUBLISH);
      moments.stream()
          .filter(AfterStep.class::isInstance)
          .forEach(moment -> hit.add(((AfterStep) moment).step()));
    }

    assertThat(hit).containsExactlyInAnyOrder(Step.values());
  }
}
