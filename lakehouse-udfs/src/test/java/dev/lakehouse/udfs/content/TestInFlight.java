// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestInFlight {
  @Test
  void asManyAsToldAreUnderWayAtOnceAndResultsComeInOrder() {
    CyclicBarrier together = new CyclicBarrier(4); // opens for four only
    List<Integer> results = new ArrayList<>();

    try (InFlight<Integer, Integer> work =
        new InFlight<>(
            IntStream.range(0, 12).iterator(),
            item -> {
              await(together);
              return -item;
            },
            4)) {
      work.forEachRemaining(results::add);
    }

    assertThat(results).isEqualTo(IntStream.range(0, 12).map(item -> -item).boxed().toList());
  }

  @Test
  void aFailureIsTheFailureOfItsItem() {
    try (InFlight<Integer, Integer> work =
        new InFlight<>(
            List.of(1, 2).iterator(),
            item -> {
              if (item == 2) {
                throw new IllegalArgumentException("item 2");
              }
              return item;
            },
            2)) {
      assertThat(work.next()).isEqualTo(1);
      assertThatThrownBy(work::next)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("item 2");
    }
  }

  @Test
  void nothingIsUnderWayAfterItsEnd() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    InFlight<Integer, Integer> work =
        new InFlight<>(
            List.of(1, 2).iterator(), item -> item == 1 ? item : hang(begun, interrupted), 2);
    work.next();
    begun.await();

    work.close();

    interrupted.await();
  }

  private static int hang(CountDownLatch begun, CountDownLatch interrupted) {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
    return 0;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
