// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.batch;

import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.batch.Pump;
import dev.lakehouse.core.batch.PumpLimits;
import dev.lakehouse.core.batch.PumpOptions;
import dev.lakehouse.core.batch.PumpThreads;
import dev.lakehouse.core.batch.Session;
import dev.lakehouse.udfs.ItemsDone;
import dev.lakehouse.udfs.TaskShare;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Works through the items of a task in order, on a thread that is given up where an item takes too
 * long: whatever is wrong with an item is its outcome, and the next ones go on.
 *
 * @param <I> an item
 * @param <P> what becomes of it
 */
public final class ItemByItem<I, P> implements Iterator<ItemByItem.Each<I, P>> {
  /** Items that wait for each other, so that threads meet seldom. */
  private static final int TOGETHER = 32;

  /** An item with what became of it. */
  public record Each<I, P>(I item, ItemOutcome<P> outcome) {}

  private final Queue<I> submitted = new ArrayDeque<>(); // oldest first
  private final Session<I, ItemOutcome<P>> session;
  private final Iterator<ItemOutcome<P>> outcomes;

  /**
   * @param verb what is done, for people: measure
   * @param items of the task; only its own thread reads them
   * @param perItem how long one may take
   */
  public ItemByItem(String verb, Iterator<I> items, ItemWork<I, P> work, Duration perItem) {
    TaskContext task = TaskContext.get();
    this.session =
        Pump.of(new ItemSteps<>(verb, work), options(verb, perItem), () -> {})
            .open(() -> requireAlive(task, verb))
            .orElseThrow();
    if (task != null) { // the iterator outlives this call; only the task knows its last row
      task.addTaskCompletionListener((TaskCompletionListener) context -> session.close());
    }
    this.outcomes = session.outcomes(new Submitted<>(items, submitted));
  }

  private static void requireAlive(@Nullable TaskContext task, String verb) {
    if (task != null) {
      TaskShare.requireAlive(task, "what does " + verb);
    }
  }

  /** One thread works while the task reads its rows; it is the one that may be given up. */
  private static PumpOptions options(String verb, Duration perItem) {
    return new PumpOptions(
        verb,
        new PumpThreads(1, 0, 1),
        new BatchShape(TOGETHER, Long.MAX_VALUE, Long.MAX_VALUE, TOGETHER),
        new PumpLimits(Long.MAX_VALUE, Duration.ofMillis(50), perItem, perItem.multipliedBy(10)));
  }

  @Override
  public boolean hasNext() {
    boolean more = outcomes.hasNext();
    if (!more) {
      session.close();
    }
    return more;
  }

  @Override
  public Each<I, P> next() {
    ItemOutcome<P> outcome = taken();
    ItemsDone.another();
    return new Each<>(submitted.remove(), outcome);
  }

  private ItemOutcome<P> taken() {
    try {
      return outcomes.next();
    } catch (RuntimeException e) {
      session.close(); // whoever works outside a task has nobody else to do it
      throw e;
    }
  }

  private record Submitted<I>(Iterator<I> items, Queue<I> submitted) implements Iterator<I> {
    @Override
    public boolean hasNext() {
      return items.hasNext();
    }

    @Override
    public I next() {
      I item = items.next();
      submitted.add(item);
      return item;
    }
  }
}
