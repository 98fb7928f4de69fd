// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestLanceThreads {

  @Test
  void aPoolAlwaysHasAThreadThatNoWorkerHolds() {
    for (int processors = 1; processors <= 512; processors++) {
      LanceThreads threads = LanceThreads.of(processors, Optional.empty(), Optional.empty());

      assertThat(threads.pool()).isGreaterThan(threads.workers());
      assertThat(threads.refused()).isEmpty();
    }
    assertThat(told(1, null, null)).isEqualTo("2:1");
    assertThat(told(2, null, null)).isEqualTo("2:1");
    assertThat(told(4, null, null)).isEqualTo("4:2");
    assertThat(told(64, null, null)).isEqualTo("64:8");
  }

  @Test
  void whatAUserSetsIsTakenWhereItEnds() {
    assertThat(told(2, "8", null)).isEqualTo("8:1");
    assertThat(told(64, "2", null)).isEqualTo("2:1");
    assertThat(told(2, null, "3")).isEqualTo("4:3");
    assertThat(told(64, null, "3")).isEqualTo("64:3");
    assertThat(told(2, "5", "4")).isEqualTo("5:4");
  }

  @Test
  void whatWouldWaitForItselfIsRefusedByName() {
    Stream.of("1", "0", "-1", "many", "", "1000000")
        .forEach(pool -> assertThat(refused(pool, null)).contains("LANCE_CPU_THREADS is '" + pool));
    Stream.of("0", "few", "1025")
        .forEach(
            workers ->
                assertThat(refused(null, workers)).contains("LANCE_FTS_NUM_SHARDS is '" + workers));
    IntStream.rangeClosed(1, 8)
        .mapToObj(Integer::toString)
        .forEach(equal -> assertThat(refused(equal, equal)).contains("more threads than workers"));
    assertThat(told(2, "4", "4")).isEqualTo("2:1");
  }

  @Test
  void numbersThatWaitForEachOtherCannotBeMade() {
    assertThatThrownBy(() -> new LanceThreads(2, 2, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String told(int processors, String pool, String workers) {
    LanceThreads threads = of(processors, pool, workers);
    return threads.pool() + ":" + threads.workers();
  }

  private static String refused(String pool, String workers) {
    return of(2, pool, workers).refused().orElse("");
  }

  private static LanceThreads of(int processors, String pool, String workers) {
    return LanceThreads.of(processors, Optional.ofNullable(pool), Optional.ofNullable(workers));
  }
}
