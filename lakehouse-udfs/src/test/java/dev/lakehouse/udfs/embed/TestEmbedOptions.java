// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.embed.PumpPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestEmbedOptions {
  private static final EmbedOptions OPTIONS = EmbedOptions.from(Settings.defaults(), "run");

  @ParameterizedTest
  @CsvSource({"cpu, 0, 16, 256", "cpu, 4, 16, 256", "cuda:0, 1, 16, 256", "cuda:3, 4, 4, 64"})
  void theGpusOfAnExecutorShareItsCoresAndBytes(String device, int gpus, int cores, long mib) {
    PumpPlan plan = OPTIONS.plan(device, 16, gpus);

    assertThat(plan.cores()).isEqualTo(cores);
    assertThat(plan.limits().bytesInFlight()).isEqualTo(mib << 20);
  }

  @Test
  void moreGpusThanCoresLeaveOneEach() {
    assertThat(OPTIONS.plan("cuda:0", 2, 8).cores()).isEqualTo(1);
  }
}
