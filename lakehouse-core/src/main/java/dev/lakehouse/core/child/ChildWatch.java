// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Looks at every child that works, and ends those that are over a limit or outlive this JVM. */
final class ChildWatch {
  private static final long EVERY_MILLIS = 100;
  private static final Set<ChildRun> WORKING = ConcurrentHashMap.newKeySet();
  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "lakehouse-child-watch");
            thread.setDaemon(true);
            return thread;
          });

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> WORKING.forEach(ChildRun::close), "lakehouse-child-end"));
  }

  private ChildWatch() {}

  /** Watches one until what is returned is closed. */
  static AutoCloseable over(ChildRun run) {
    long started = System.nanoTime();
    WORKING.add(run);
    ScheduledFuture<?> looking =
        CLOCK.scheduleWithFixedDelay(
            () -> run.check(started, System.nanoTime()),
            EVERY_MILLIS,
            EVERY_MILLIS,
            TimeUnit.MILLISECONDS);
    return () -> {
      looking.cancel(false);
      WORKING.remove(run);
    };
  }
}
