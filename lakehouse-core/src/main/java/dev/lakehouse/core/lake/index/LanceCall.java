// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A call into Lance under a watch: it runs on a thread of its own, and fails when for long nothing
 * has moved in native code.
 *
 * <p>A native thread cannot be ended. One that hangs is left alone, with everything that it was
 * given: from then on nothing of Lance is closed in this JVM, since that waits for the same lock.
 * Leaving the JVM waits for none of it.
 */
final class LanceCall {
  /** As long as the system lets names of threads be: threads that native code starts inherit it. */
  static final String THREAD = "lakehouse-lance";

  private static final ThreadLocal<@Nullable LanceCall> CURRENT = new ThreadLocal<>();
  private static volatile boolean stalled;

  private final IndexPlace place;
  private final LongSupplier moved;
  private volatile String doing;

  private LanceCall(IndexPlace place, String doing, LongSupplier moved) {
    this.place = place;
    this.doing = doing;
    this.moved = moved;
  }

  /** Something that calls into Lance. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Runs a call; one within another is part of it. */
  static <T, E extends Exception> T of(IndexPlace place, String doing, Work<T, E> work) throws E {
    return of(place, doing, () -> 0, work);
  }

  /**
   * The same.
   *
   * @param moved another number that stands still only where nothing moves
   */
  static <T, E extends Exception> T of(
      IndexPlace place, String doing, LongSupplier moved, Work<T, E> work) throws E {
    LanceCall outer = CURRENT.get();
    if (outer == null) {
      LanceLibrary.require();
      return new LanceCall(place, doing, moved).run(work);
    }
    String before = outer.doing;
    outer.doing = doing;
    try {
      return work.run();
    } finally {
      outer.doing = before;
    }
  }

  /** The same, of something that says nothing. */
  static void run(IndexPlace place, String doing, Runnable work) {
    Boolean unused =
        LanceCall.<Boolean, RuntimeException>of(
            place,
            doing,
            () -> {
              work.run();
              return true;
            });
  }

  /** Whether a call hangs in this JVM: whatever it may hold is not to be closed. */
  static boolean hangs() {
    return stalled;
  }

  private <T, E extends Exception> T run(Work<T, E> work) throws E {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              CURRENT.set(this);
              return work.run();
            });
    Thread thread = new Thread(task, THREAD);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    try {
      return await(task);
    } catch (ExecutionException e) {
      throw LanceCall.<E>rethrow(e.getCause());
    }
  }

  /** Goes on when interrupted: what native code works with cannot be taken from it. */
  private <T> T await(FutureTask<T> task) throws ExecutionException {
    boolean interrupted = false;
    Duration patience = place.patience();
    NativeWork work = new NativeWork(patience);
    long look = Math.min(TimeUnit.SECONDS.toNanos(1), patience.toNanos() / 10);
    long done = Long.MIN_VALUE;
    long since = System.nanoTime();
    try {
      while (true) {
        try {
          return task.get(look, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          long now = work.done() + moved.getAsLong();
          if (now != done) {
            done = now;
            since = System.nanoTime();
          } else if (System.nanoTime() - since > patience.toNanos()) {
            stalled = true;
            throw stalled();
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private LakehouseException stalled() {
    return LakehouseException.of(
        ErrorCode.TRANSIENT,
        "Index %s: Lance has not moved for %d seconds; it was to %s. Readers still see the last"
            + " release. Repeat the command in a new process; 'lakehouse doctor' shows the threads of"
            + " Lance",
        place,
        place.patience().toSeconds(),
        doing);
  }

  @SuppressWarnings("unchecked") // the work can throw nothing else
  private static <E extends Exception> E rethrow(@Nullable Throwable thrown) throws E {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (E) thrown;
  }
}
