// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.ErrorCode;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;

/**
 * What happens on Ctrl-C or SIGTERM: running jobs are cancelled, so that the command fails by
 * itself, writes its report and leaves with 130 or 143. A command that takes too long over it, or a
 * second signal, ends the process at once.
 *
 * <p>Signals are handled before the JVM begins to shut down: once it does, Spark and the file
 * systems close at the same time as a command would write its report.
 */
public final class Interruption {
  private static final long PATIENCE_MILLIS = 15_000;
  private static final long BETWEEN_CANCELS_MILLIS = 200;
  private static final CountDownLatch DONE = new CountDownLatch(1);
  private static volatile @Nullable ErrorCode signal;
  private static volatile boolean cancelling = true;
  private static volatile Runnable close = () -> {};

  private Interruption() {}

  /**
   * Cancels work when this process is told to end before the command is done.
   *
   * @param cancel ends what runs now; called again for what the command begins after it
   * @param close gives back what the command opened, however it ends
   */
  public static void cancels(Runnable cancel, Runnable close) {
    Interruption.close = close;
    Signal.handle(new Signal("INT"), ignored -> told(ErrorCode.INTERRUPTED, cancel));
    Signal.handle(new Signal("TERM"), ignored -> told(ErrorCode.TERMINATED, cancel));
  }

  private static synchronized void told(ErrorCode by, Runnable cancel) {
    if (signal != null) {
      Runtime.getRuntime().halt(by.exitCode());
    }
    signal = by;
    Thread canceller = new Thread(() -> cancelUntilDone(by, cancel), "lakehouse-interrupt");
    canceller.setDaemon(true);
    canceller.start();
  }

  private static void cancelUntilDone(ErrorCode by, Runnable cancel) {
    try {
      for (long waited = 0; waited < PATIENCE_MILLIS; waited += BETWEEN_CANCELS_MILLIS) {
        if (cancelling) {
          cancel.run();
        }
        if (DONE.await(BETWEEN_CANCELS_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.err.println("lakehouse: " + Failure.interrupted(by).message());
    System.exit(by.exitCode());
  }

  /** The work has failed; what is left to do is to report it. */
  static void reporting() {
    cancelling = false;
  }

  /** The command is done, whatever came of it: closes what it opened. */
  public static void done() {
    DONE.countDown();
    close.run();
  }

  /** What this process was told, if it was told to end. */
  public static Optional<ErrorCode> happened() {
    return Optional.ofNullable(signal);
  }
}
