// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
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
    FutureTask<T> task = new FutureTask<>(() -> closedIfLate(work.call(), outcome));
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw threads.isShutdown() ? ending() : busy();
    }
    try {
      return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return inTimeOr(late(), task, outcome);
    } catch (InterruptedException e) { // who interrupts ends the service
      return inTimeOr(ending(), task, outcome);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Gives some work up, unless it came to its end just now. */
  private <T> T inTimeOr(Refusal refusal, FutureTask<T> task, AtomicReference<Outcome> outcome)
      throws Exception {
    if (!outcome.compareAndSet(Outcome.OPEN, Outcome.LATE)) {
      return task.get();
    }
    task.cancel(false); // native code under way is not interrupted
    threads.remove(task); // another may take its place in the queue
    throw refusal;
  }

  private Refusal late() {
    return new Refusal(
        504,
        "No answer within %d seconds, which lakehouse.serve.deadline-seconds allows"
            .formatted(deadline.toSeconds()));
  }

  private static Refusal ending() {
    return new Refusal(503, "The service is ending. Ask again in a moment");
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
