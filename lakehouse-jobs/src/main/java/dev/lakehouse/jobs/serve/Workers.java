// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does the work behind answers: so much at once, so much waiting, and not a moment longer. Clients
 * that send or take slowly hold none of it.
 */
final class Workers implements AutoCloseable {
  private enum Outcome {
    OPEN,
    DONE,
    LATE
  }

  private final ThreadPoolExecutor threads;
  private final Duration deadline;

  Workers(int workers, int queue, Duration deadline) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            workers,
            workers,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(queue),
            work -> {
              Thread thread = new Thread(work, "lakehouse-serve-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.threads.allowCoreThreadTimeOut(true);
    this.deadline = deadline;
  }

  /**
   * The result of some work.
   *
   * @throws Refusal 429 if too much is waiting, 504 if it takes too long: it is not begun then, or
   *     ends by itself and is thrown away
   * @throws Exception whatever the work throws
   */
  <T> T run(Callable<T> work) throws Exception {
    AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.OPEN);
    Future<T> result;
    try {
      result = threads.submit(() -> closedIfLate(work.call(), outcome));
    } catch (RejectedExecutionException e) {
      throw threads.isShutdown()
          ? new Refusal(503, "The service is ending. Ask again in a moment")
          : busy();
    }
    try {
      return result.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (!outcome.compareAndSet(Outcome.OPEN, Outcome.LATE)) {
        return result.get(); // just in time
      }
      result.cancel(false); // native code under way is not interrupted
      throw new Refusal(
          504,
          "No answer within %d seconds, which lakehouse.serve.deadline-seconds allows"
              .formatted(deadline.toSeconds()));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** What nobody waits for any more is given back by who made it. */
  private static <T> T closedIfLate(T result, AtomicReference<Outcome> outcome) throws Exception {
    if (!outcome.compareAndSet(Outcome.OPEN, Outcome.DONE)
        && result instanceof AutoCloseable open) {
      open.close();
    }
    return result;
  }

  private Refusal busy() {
    return new Refusal(
        429,
        "%d requests are worked on and %d wait, which is what this service takes. Come again after"
                .formatted(threads.getActiveCount(), threads.getQueue().size())
            + " the seconds that Retry-After says");
  }

  int active() {
    return threads.getActiveCount();
  }

  int waiting() {
    return threads.getQueue().size();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
