// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Work that mostly waits for storage, done for several items of a task at once. Results come in the
 * order of the items, which the thread of the task takes.
 */
final class InFlight<I, O> implements Iterator<O>, AutoCloseable {
  private static final int MOST = 16;
  private static final int MOST_OF_A_MACHINE = 128;
  private static final int WINDOW = 4;
  private static final long SECONDS_TO_END = 10;

  private final Iterator<I> items;
  private final Function<I, O> work;
  private final int window;
  private final ExecutorService threads;
  private final Deque<Future<O>> waiting = new ArrayDeque<>();

  /** So many at once. */
  InFlight(Iterator<I> items, Function<I, O> work, int most) {
    this(items, work, most, most);
  }

  private InFlight(Iterator<I> items, Function<I, O> work, int most, int window) {
    this.items = items;
    this.work = work;
    this.window = window;
    this.threads =
        Executors.newFixedThreadPool(
            most,
            task -> {
              Thread thread = new Thread(task, "lakehouse-in-flight");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Work of a task of Spark, over when the task is, whatever its end. */
  static <I, O> InFlight<I, O> ofTask(Iterator<I> items, Function<I, O> work) {
    int cores = Runtime.getRuntime().availableProcessors();
    return ofTask(
        new InFlight<>(items, work, Math.max(2, Math.min(MOST, MOST_OF_A_MACHINE / cores))));
  }

  /** The same for work that takes long now and then: others go on while the first is awaited. */
  static <I, O> InFlight<I, O> ofTask(Iterator<I> items, Function<I, O> work, int most) {
    return ofTask(new InFlight<>(items, work, most, WINDOW * most));
  }

  private static <I, O> InFlight<I, O> ofTask(InFlight<I, O> all) {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) context -> all.close());
    }
    return all;
  }

  @Override
  public boolean hasNext() {
    if (waiting.isEmpty() && !items.hasNext()) {
      close();
      return false;
    }
    return true;
  }

  @Override
  public O next() {
    while (waiting.size() < window && items.hasNext()) {
      I item = items.next();
      waiting.add(threads.submit(() -> work.apply(item)));
    }
    return result(waiting.remove());
  }

  private static <O> O result(Future<O> done) {
    try {
      return done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The task was interrupted", e);
    }
  }

  /** Ends what is under way; nobody wants its results. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      var unused = threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
