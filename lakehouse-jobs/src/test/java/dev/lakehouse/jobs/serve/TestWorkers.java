// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TestWorkers {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private AutoCloseable whenFree() throws InterruptedException {
    begun.countDown();
    free.await();
    return closed::countDown;
  }

  @Test
  void whoWaitedTooLongTakesNoPlaceInTheQueue() throws Exception {
    try (Workers workers = new Workers(1, 1, Duration.ofMillis(50))) {
      assertThatThrownBy(() -> workers.run(this::whenFree)).hasMessageContaining("No answer");
      for (int i = 0; i < 3; i++) { // the one thread is taken; each waits, and goes
        assertThatThrownBy(() -> workers.run(() -> "never"))
            .isInstanceOf(Refusal.class)
            .extracting(e -> ((Refusal) e).status())
            .isEqualTo(504);
        assertThat(workers.waiting()).isZero();
      }
      free.countDown();
      assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void whatNobodyWaitsForAfterAnInterruptionIsClosed() throws Exception {
    try (Workers workers = new Workers(1, 1, Duration.ofMinutes(5))) {
      AtomicReference<Throwable> refused = new AtomicReference<>();
      Thread asking =
          new Thread(
              () -> {
                try (AutoCloseable unexpected = workers.run(this::whenFree)) {
                  refused.set(new AssertionError("There is " + unexpected));
                } catch (Exception e) {
                  refused.set(e);
                }
              });
      asking.start();
      begun.await();
      asking.interrupt();
      asking.join();

      assertThat(refused.get()).isInstanceOf(Refusal.class).hasMessageContaining("is ending");
      free.countDown();
      assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
