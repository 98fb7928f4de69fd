// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.List;
import java.util.function.LongSupplier;

/** Runs the steps, outside the lock, and reports under it what came of them. */
final class Hands<I, P, O> {
  private final Line<I, P, O> line;
  private final Queues<I, P, O> queues;
  private final PumpSteps<I, P, O> steps;
  private final LongSupplier clock;

  Hands(Line<I, P, O> line, Queues<I, P, O> queues, PumpSteps<I, P, O> steps, LongSupplier clock) {
    this.line = line;
    this.queues = queues;
    this.steps = steps;
    this.clock = clock;
  }

  void fetch(Ticket<I, P, O> ticket, I item) {
    long from = clock.getAsLong();
    Runnable result;
    try {
      I fetched = steps.fetch(item);
      long bytes = steps.bytes(fetched);
      long extra = steps.bytesToPrepare(fetched);
      result = () -> queues.fetched(ticket, fetched, bytes, extra);
    } catch (Throwable e) {
      Settled<O> failed = Settled.by(steps, e);
      result = () -> queues.notFetched(ticket, failed);
    }
    long nanos = clock.getAsLong() - from;
    line.report(result, () -> ticket.session.tally.fetched(nanos));
  }

  void prepare(Worker<I, P, O> worker, Ticket<I, P, O> ticket, I item) {
    long from = clock.getAsLong();
    Runnable result;
    try {
      P prepared = steps.prepare(item);
      long bytes = steps.preparedBytes(prepared);
      int length = steps.length(prepared);
      result = () -> queues.prepared(ticket, prepared, bytes, length, clock.getAsLong());
    } catch (Throwable e) {
      Settled<O> failed = Settled.by(steps, e);
      result = () -> queues.notPrepared(ticket, failed);
    }
    long nanos = clock.getAsLong() - from;
    line.report(worker, result, () -> ticket.session.tally.prepared(nanos));
  }

  void infer(List<Ticket<I, P, O>> batch) {
    long from = clock.getAsLong();
    Halving<P, O> run = Halving.run(steps, batch.stream().map(Ticket::prepared).toList());
    long nanos = clock.getAsLong() - from;
    line.report(() -> queues.inferred(batch, run.settled()), () -> tally(batch, run, nanos));
  }

  private static <I, P, O> void tally(List<Ticket<I, P, O>> batch, Halving<P, O> run, long nanos) {
    int longest = batch.get(0).length;
    batch.get(0).session.tally.halved(run.halvings());
    for (Ticket<I, P, O> ticket : batch) {
      ticket.session.tally.inferred(nanos, batch.size(), ticket.length, longest);
    }
  }
}
