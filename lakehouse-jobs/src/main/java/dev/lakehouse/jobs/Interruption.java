// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens on Ctrl-C or SIGTERM: running jobs are cancelled, the command gets a moment to write
 * its report, and the last line says how to go on. The JVM itself then exits with 130 or 143.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 15;
  private static final CountDownLatch DONE = new CountDownLatch(1);
  private static volatile boolean happened;
  private static volatile Runnable close = () -> {};

  private Interruption() {}

  /**
   * Cancels work when this process is told to end before the command is done.
   *
   * @param close gives back what the command opened, however it ends
   */
  static void cancels(Runnable work, Runnable close) {
    Interruption.close = close;
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interrupted(work), "lakehouse-interrupt"));
  }

  private static void interrupted(Runnable work) {
    if (DONE.getCount() == 0) {
      return;
    }
    happened = true;
    try {
      work.run();
      DONE.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      System.err.println(
          "lakehouse: interrupted; what was committed is kept. Run the same command again to resume");
    }
  }

  /** The command is done, whatever came of it. */
  static void done() {
    DONE.countDown();
    if (!happened) {
      close.run();
    }
  }

  /** Whether the process was told to end; its failures are then no news. */
  static boolean happened() {
    return happened;
  }
}
