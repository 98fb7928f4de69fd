// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.own;

import dev.lakehouse.bench.Clock;
import dev.lakehouse.bench.Clock.Spent;
import dev.lakehouse.core.embed.WarmPumps;
import java.util.Optional;

/** Notes, ten times a second, how far the pumps of this JVM have come. */
final class SteadyWatch implements Runnable {
  private static final long TICK_MILLIS = 100;

  private final Thread thread = new Thread(this, "bench-steady");
  private final Clock clock = new Clock();
  private final long before = WarmPumps.figures().inferred();
  private volatile boolean over;
  private Optional<Spent> first = Optional.empty();
  private Spent last = clock.spent(0);

  static SteadyWatch start() {
    SteadyWatch watch = new SteadyWatch();
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  @Override
  public void run() {
    try {
      while (!over) {
        look();
        Thread.sleep(TICK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    long rows = WarmPumps.figures().inferred() - before;
    if (rows > last.rows()) {
      last = clock.spent(rows);
      first = first.or(() -> Optional.of(last));
    }
  }

  /** From the end of the first batch to the end of the last one. */
  Spent stop() throws InterruptedException {
    over = true;
    thread.join();
    look();
    Spent from = first.orElseThrow(() -> new IllegalStateException("No batch was seen"));
    return new Spent(
        last.rows() - from.rows(),
        last.seconds() - from.seconds(),
        last.cpuSeconds() - from.cpuSeconds());
  }
}
