// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TestMemoryPlan {
  private static final long MIB = 1L << 20;
  private static final MemoryPlan PLAN =
      new MemoryPlan(1024 * MIB, 400 * MIB, 300 * MIB, 256 * MIB);

  private static Check held(long mib) {
    return PLAN.check(new Allowance(2, OptionalLong.of(mib * MIB)));
  }

  @Test
  void whatFitsIsSaidPartByPart() {
    assertThat(held(1556))
        .isEqualTo(
            Check.ok(
                "memory",
                "plan",
                "at most 2580 MiB, 1556 MiB beyond the heap allowed: heap 1024, weights 400,"
                    + " batches 300, items in flight 256, natives about 600"));
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheSettingThatWould() {
    Check check = held(1555);

    assertThat(check.status()).isEqualTo(Check.Status.FAIL);
    assertThat(check.remedy())
        .contains(
            "spark.executor.memoryOverhead to 1556m",
            Setting.EMBED_BYTES_IN_FLIGHT.key(),
            Setting.EMBED_BATCH.key());
  }

  @Test
  void whatIsInFlightMustHaveRoomOnTheHeap() {
    MemoryPlan small = new MemoryPlan(939 * MIB, 0, 0, 256 * MIB);

    Check check = small.check(new Allowance(2, OptionalLong.of(4096 * MIB)));

    assertThat(check.status()).isEqualTo(Check.Status.FAIL);
    assertThat(check.found())
        .isEqualTo("items in flight 256 MiB, and Spark leaves them 256 MiB of a heap of 939 MiB");
    assertThat(check.remedy()).contains("spark.executor.memory to 940m");
    assertThat(
            new MemoryPlan(940 * MIB, 0, 0, 256 * MIB)
                .check(new Allowance(2, OptionalLong.of(4096 * MIB)))
                .status())
        .isEqualTo(Check.Status.OK);
  }

  @Test
  void theBatchesOfAModelAreMeasured() {
    ModelChecks checks =
        new ModelChecks(
            Settings.defaults().orElse(Map.of(Setting.CLIP_MODEL.key(), "shapes-clip"), "test"),
            ModelsRoot.at("nowhere"),
            new Allowance(2, OptionalLong.of(384 * MIB)));

    List<Check> all = checks.all();

    assertThat(all)
        .anySatisfy(check -> assertThat(check.found()).contains("2 threads decode or run a batch"));
    Check plan = all.get(all.size() - 1);
    assertThat(plan.status()).isEqualTo(Check.Status.FAIL);
    assertThat(plan.found()).contains("items in flight 256").doesNotContain("weights 0,");
  }
}
