// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Finds threads that hang and pumps that stand still; guarded by the lock of its line. */
final class Watch<I, P, O> {
  /** So many threads of this JVM may hang at once. */
  static final int MAX_HUNG = 3;

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long MAX_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final AtomicInteger HUNG = new AtomicInteger();

  private final PumpOptions options;
  private final Set<Worker<I, P, O>> preparing = new LinkedHashSet<>();
  private long lookedAt;
  private long watched; // nanoseconds, without those in which the whole machine slept
  private long movedAt; // of the watched time
  private long patientUntil; // of the watched time

  Watch(PumpOptions options, long now) {
    this.options = options;
    this.lookedAt = now;
  }

  /** Threads of this JVM that were given up and have not returned. */
  static int hungThreads() {
    return HUNG.get();
  }

  void moved() {
    movedAt = watched;
  }

  /**
   * A worker begins to prepare an item.
   *
   * @param patience how much longer than others it may take
   */
  void begins(Worker<I, P, O> worker, Ticket<I, P, O> ticket, Duration patience) {
    long counted = watched + patience.toNanos(); // its time begins to be held against it
    patientUntil = Math.max(patientUntil, counted);
    worker.begin(ticket, counted);
    preparing.add(worker);
  }

  /** Whether it is time to look; a moment in which nobody looked is not held against anybody. */
  boolean isDue(long now) {
    long passed = now - lookedAt;
    if (passed < TICK_NANOS) {
      return false;
    }
    lookedAt = now;
    watched += Math.min(passed, MAX_STEP_NANOS);
    return true;
  }

  /** Whether what a worker prepared still counts; not if it was given up meanwhile. */
  boolean ends(Worker<I, P, O> worker) {
    if (worker.givenUp()) {
      HUNG.decrementAndGet();
      return false;
    }
    preparing.remove(worker);
    worker.end();
    return true;
  }

  /** Workers that have been at one item for too long. */
  List<Worker<I, P, O>> hung() {
    long limit = options.limits().perItem().toNanos();
    return preparing.stream().filter(worker -> watched - worker.since() > limit).toList();
  }

  /** Gives a worker up, which cannot be stopped; returns what it hangs at. */
  Ticket<I, P, O> giveUp(Worker<I, P, O> worker) {
    HUNG.incrementAndGet();
    preparing.remove(worker);
    return worker.giveUp();
  }

  TimeoutException tooLong() {
    return new TimeoutException(
        "Not prepared within %d s; the thread that tried was given up"
            .formatted(options.limits().perItem().toSeconds()));
  }

  /** Why the pump cannot go on, if so. */
  Optional<LakehouseException> failure(Queues<I, P, O> queues, int sessions) {
    if (HUNG.get() > MAX_HUNG) {
      return Optional.of(
          LakehouseException.of(
              ErrorCode.TRANSIENT,
              "%d threads of this executor hang in preparing items for %s; at most %d are borne."
                  + " Replace the executor, and look for the items that fail with TIME_LIMIT",
              HUNG.get(),
              options.name(),
              MAX_HUNG));
    }
    boolean stalled =
        watched - Math.max(movedAt, patientUntil) > options.limits().stall().toNanos();
    return stalled && !queues.areEmpty()
        ? Optional.of(stalled(queues, sessions))
        : Optional.empty();
  }

  private LakehouseException stalled(Queues<I, P, O> queues, int sessions) {
    return LakehouseException.of(
        ErrorCode.TRANSIENT,
        "The pump of %s stands still at %s: nothing moved for %d s, with %d tasks and %s. Look at"
            + " the threads named lakehouse-pump of this executor; if the work is only slow, raise"
            + " lakehouse.embed.stall-seconds, or --stall-seconds of map-batches",
        options.name(),
        queues.stage(),
        options.limits().stall().toSeconds(),
        sessions,
        queues);
  }

  LakehouseException died(Throwable cause) {
    return LakehouseException.because(
        cause, ErrorCode.UNEXPECTED, "A thread of the pump of %s ended: %s", options.name(), cause);
  }
}
