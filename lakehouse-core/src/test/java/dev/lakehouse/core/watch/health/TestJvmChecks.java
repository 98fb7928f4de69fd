// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.lake.index.LanceThreads;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestJvmChecks {

  @Test
  void showsTheThreadsOfLance() {
    Check check = JvmChecks.lance(new LanceThreads(4, 2, Optional.empty()));

    assertThat(check.status()).isEqualTo(Check.Status.OK);
    assertThat(check.found()).isEqualTo("4 threads, 2 workers of a full-text index");
  }

  @Test
  void refusesThreadsThatWouldWaitForEachOther() {
    String why = "LANCE_CPU_THREADS is '1' and LANCE_FTS_NUM_SHARDS is not set";
    Check check = JvmChecks.lance(new LanceThreads(2, 1, Optional.of(why)));

    assertThat(check.status()).isEqualTo(Check.Status.FAIL);
    assertThat(check.found()).contains(why, "took 2 threads, 1 workers");
    assertThat(check.remedy()).contains("LANCE_CPU_THREADS=2 LANCE_FTS_NUM_SHARDS=1");
  }
}
