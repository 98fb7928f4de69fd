// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestReasonCounts {

  @Test
  void anItemCountsUnderEachOfItsReasons() {
    ReasonCounts counts = new ReasonCounts();
    counts.add("failed", List.of("BLURRY", "TOO_SMALL"), 3);
    counts.add("failed", List.of("TOO_SMALL"), 2);
    counts.add("review", List.of("TOO_SMALL", "TOO_SMALL"), 1);
    counts.add("published", List.of(), 9);

    assertThat(counts.mostFrequentFirst())
        .containsExactly(
            new ReasonCount("failed", "TOO_SMALL", 5),
            new ReasonCount("failed", "BLURRY", 3),
            new ReasonCount("review", "TOO_SMALL", 1));
  }
}
