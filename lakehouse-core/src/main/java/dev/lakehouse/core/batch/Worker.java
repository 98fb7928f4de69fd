// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A thread of a pump that prepares, runs batches, or does whichever is ready. */
final class Worker<I, P, O> implements Runnable {
  private final Line<I, P, O> line;
  private final Role role;

  // guarded by the lock of the line
  private @Nullable Ticket<I, P, O> preparing;
  private long since;
  private boolean givenUp;

  /** What a worker does. */
  enum Role {
    PREPARE,
    INFER,
    BOTH
  }

  Worker(Line<I, P, O> line, Role role) {
    this.line = line;
    this.role = role;
  }

  /** The workers and lanes of a pump. */
  static <I, P, O> List<Worker<I, P, O>> all(Line<I, P, O> line, PumpThreads threads) {
    List<Worker<I, P, O>> all = new ArrayList<>();
    for (int i = 0; i < threads.workers(); i++) {
      all.add(new Worker<>(line, threads.lanes() == 0 ? Role.BOTH : Role.PREPARE));
    }
    for (int i = 0; i < threads.lanes(); i++) {
      all.add(new Worker<>(line, Role.INFER));
    }
    return all;
  }

  /** The same kind of worker, in place of this one. */
  Worker<I, P, O> successor() {
    return new Worker<>(line, role);
  }

  @Override
  public void run() {
    for (Runnable chore = line.next(this); chore != null; chore = line.next(this)) {
      chore.run();
    }
  }

  boolean prepares() {
    return role != Role.INFER;
  }

  boolean infers() {
    return role != Role.PREPARE;
  }

  void begin(Ticket<I, P, O> ticket, long now) {
    preparing = ticket;
    since = now;
  }

  void end() {
    preparing = null;
  }

  /** From when on its time at what it prepares counts, in watched time. */
  long since() {
    return since;
  }

  /** What it prepares is not waited for any more. */
  Ticket<I, P, O> giveUp() {
    givenUp = true;
    return requireNonNull(preparing, "nothing is being prepared");
  }

  boolean givenUp() {
    return givenUp;
  }

  @Override
  public String toString() {
    return role == Role.BOTH ? "worker" : role == Role.INFER ? "lane" : "prepare";
  }
}
