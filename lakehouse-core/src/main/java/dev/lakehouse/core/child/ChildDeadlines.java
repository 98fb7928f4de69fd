// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does what is due, on one thread that keeps no JVM alive. */
final class ChildDeadlines {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private ChildDeadlines() {}

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "child-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  static ScheduledFuture<?> after(Duration time, Runnable work) {
    return CLOCK.schedule(work, time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
