// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;

/** The end of the time that one URL may take. What still runs then is cut off. */
final class Deadline {
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private long end;

  Deadline(Duration time) {
    this.end = System.nanoTime() + time.toNanos();
  }

  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "lakehouse-url-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }

  /** Time in which nothing was asked does not count. */
  void spare(Duration waited) {
    end += waited.toNanos();
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  boolean isPassed() {
    return left().isZero();
  }

  /** Cuts a request off at the end, unless this is closed before. */
  Guard over(Cancellable request) {
    ScheduledFuture<?> cut =
        WATCH.schedule(() -> request.cancel(), left().toNanos(), TimeUnit.NANOSECONDS);
    return () -> cut.cancel(false);
  }

  /** Ends the watch. */
  interface Guard extends AutoCloseable {
    @Override
    void close();
  }
}
