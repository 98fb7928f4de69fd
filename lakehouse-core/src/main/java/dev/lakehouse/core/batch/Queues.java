// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Where every item of a pump stands, and what may move next; guarded by the lock of its line.
 *
 * <p>Submitted → admitted, when there are bytes for it → fetched → prepared → in a window → in a
 * batch → settled. Each queue is taken from its front, so sessions have their turns and large items
 * are not passed for ever.
 */
final class Queues<I, P, O> {
  private final PumpOptions options;
  private final Budget budget;
  private final Deque<Ticket<I, P, O>> waiting = new ArrayDeque<>();
  private final Deque<Ticket<I, P, O>> toFetch = new ArrayDeque<>();
  private final Deque<Ticket<I, P, O>> toPrepare = new ArrayDeque<>();
  private final Window<I, P, O> window;
  private final Deque<List<Ticket<I, P, O>>> batches = new ArrayDeque<>();
  private int fetching;
  private int preparing;
  private int inferring;
  private boolean news;

  Queues(PumpOptions options) {
    this.options = options;
    this.budget = new Budget(options.limits().bytesInFlight());
    this.window = new Window<>(options.batches());
  }

  void add(Ticket<I, P, O> ticket) {
    ticket.session.open.add(ticket);
    ticket.session.unadmitted++;
    waiting.add(ticket);
    admit();
  }

  /** Whether, since this was called last, a session was given an outcome or room. */
  boolean takeNews() {
    boolean had = news;
    news = false;
    return had;
  }

  private void admit() {
    while (!waiting.isEmpty() && budget.mayEnter(waiting.element().charge)) {
      Ticket<I, P, O> ticket = waiting.remove();
      ticket.session.unadmitted--;
      news = true;
      budget.enter(ticket.charge);
      (ticket.remote ? toFetch : toPrepare).add(ticket);
    }
  }

  boolean mayFetch() {
    return !toFetch.isEmpty();
  }

  Ticket<I, P, O> nextFetch() {
    fetching++;
    return toFetch.remove();
  }

  void fetched(Ticket<I, P, O> ticket, I item, long bytes, long extra) {
    fetching--;
    budget.correct(ticket.charge, bytes);
    ticket.charge = bytes;
    ticket.extra = extra;
    ticket.fetched(item);
    if (ticket.session.closed) {
      giveBack(ticket);
    } else {
      toPrepare.add(ticket);
    }
    admit();
  }

  void notFetched(Ticket<I, P, O> ticket, Settled<O> settled) {
    fetching--;
    settle(ticket, settled);
  }

  boolean mayPrepare() {
    return !toPrepare.isEmpty() && budget.mayPrepare(toPrepare.element().extra);
  }

  Ticket<I, P, O> nextPrepare() {
    preparing++;
    Ticket<I, P, O> ticket = toPrepare.remove();
    budget.prepare(ticket.charge, ticket.extra);
    ticket.charge += ticket.extra;
    ticket.busy = true;
    admit();
    return ticket;
  }

  void prepared(Ticket<I, P, O> ticket, P ready, long bytes, int length, long now) {
    preparing--;
    budget.prepared(ticket.charge, bytes);
    ticket.charge = bytes;
    ticket.prepared(ready, length, now);
    if (ticket.session.closed) {
      giveBack(ticket);
    } else {
      window.add(ticket, now);
    }
    if (window.isFull()) {
      flush();
    }
    admit();
  }

  void notPrepared(Ticket<I, P, O> ticket, Settled<O> settled) {
    preparing--;
    settle(ticket, settled);
  }

  /**
   * Nanoseconds until the window is to be cut although it is not full, for a device that would
   * idle; asked by a thread that has nothing else to do.
   *
   * @param mayCome whether a session may submit something soon
   */
  long flushIn(long now, boolean mayCome) {
    if (window.isEmpty() || !batches.isEmpty()) {
      return Long.MAX_VALUE; // what a lane will ask for is there
    }
    boolean blocked = !toPrepare.isEmpty() && !mayPrepare();
    boolean last = !mayCome && fetching + preparing == 0 && toFetch.isEmpty() && !mayPrepare();
    return blocked || last
        ? 0
        : Math.max(0, window.since() + options.limits().maxWait().toNanos() - now);
  }

  void flush() {
    batches.addAll(window.cut());
  }

  boolean hasBatch() {
    return !batches.isEmpty();
  }

  List<Ticket<I, P, O>> nextBatch(long now) {
    List<Ticket<I, P, O>> batch = batches.remove();
    inferring += batch.size();
    batch.forEach(ticket -> ticket.session.tally.waited(now - ticket.preparedAt));
    return batch;
  }

  void inferred(List<Ticket<I, P, O>> batch, List<Settled<O>> settled) {
    inferring -= batch.size();
    for (int i = 0; i < batch.size(); i++) {
      settle(batch.get(i), settled.get(i));
    }
  }

  private void settle(Ticket<I, P, O> ticket, Settled<O> settled) {
    ticket.session.tally.settled();
    news = true;
    ticket.settle(settled);
    giveBack(ticket);
    admit();
  }

  private void giveBack(Ticket<I, P, O> ticket) {
    if (ticket.busy) {
      budget.release(ticket.charge);
    } else {
      budget.leave(ticket.charge);
    }
  }

  /** Takes out whatever of a session nobody has in hand; what somebody has is dropped later. */
  void drop(Session<I, O> session) {
    waiting.removeIf(ticket -> ticket.session == session);
    drop(session, toFetch);
    drop(session, toPrepare);
    window.without(session).forEach(this::giveBack);
    for (Iterator<List<Ticket<I, P, O>>> all = batches.iterator(); all.hasNext(); ) {
      List<Ticket<I, P, O>> batch = all.next();
      drop(session, batch);
      if (batch.isEmpty()) {
        all.remove();
      }
    }
    admit();
  }

  private void drop(Session<I, O> session, Iterable<Ticket<I, P, O>> queue) {
    for (Iterator<Ticket<I, P, O>> all = queue.iterator(); all.hasNext(); ) {
      Ticket<I, P, O> ticket = all.next();
      if (ticket.session == session) {
        all.remove();
        giveBack(ticket);
      }
    }
  }

  /** Whether no item is between submission and outcome. */
  boolean areEmpty() {
    return waiting.isEmpty()
        && toFetch.isEmpty()
        && toPrepare.isEmpty()
        && window.isEmpty()
        && batches.isEmpty()
        && fetching + preparing + inferring == 0;
  }

  Budget budget() {
    return budget;
  }

  /** For messages. */
  @Override
  public String toString() {
    return ("%d waiting to be admitted, %d to be fetched, %d being fetched, %d to be prepared, %d"
            + " being prepared, %d in the window, %d batches ready, %d items being inferred; %d of"
            + " %d bytes in flight")
        .formatted(
            waiting.size(),
            toFetch.size(),
            fetching,
            toPrepare.size(),
            preparing,
            window.size(),
            batches.size(),
            inferring,
            budget.inFlight(),
            budget.limit());
  }

  /** The step that does not end, as far as one has begun. */
  String stage() {
    if (inferring > 0) {
      return "infer";
    }
    if (preparing > 0) {
      return "prepare";
    }
    return fetching > 0 ? "fetch" : "admit";
  }
}
