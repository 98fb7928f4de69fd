// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import dev.lakehouse.core.LakehouseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where tasks and threads of a pump meet: one lock over all queues, and who waits for what. Steps
 * are never run under the lock, but for what becomes of an item that hung.
 */
final class Line<I, P, O> {
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final PumpSteps<I, P, O> steps;
  private final PumpOptions options;
  private final LongSupplier clock;
  private final Crew crew;
  private final Hands<I, P, O> hands;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition(); // workers: something to do, or to flush
  private final Condition fetches = lock.newCondition(); // fetchers
  private final Condition news = lock.newCondition(); // sessions: outcomes, room, the end

  // guarded by the lock
  private final Queues<I, P, O> queues;
  private final Roster<I, O> roster;
  private final Watch<I, P, O> watch;
  private boolean working;
  private boolean fetching;
  private boolean ended;
  private @Nullable LakehouseException broken;

  Line(PumpSteps<I, P, O> steps, PumpOptions options, AutoCloseable resource, LongSupplier clock) {
    this.steps = steps;
    this.options = options;
    this.clock = clock;
    this.queues = new Queues<>(options);
    this.roster = new Roster<>(options.threads().inferring(), queues.budget());
    this.watch = new Watch<>(options, clock.getAsLong());
    this.crew = new Crew(options.name(), resource, this::died);
    this.hands = new Hands<>(this, queues, steps, clock);
  }

  // what tasks do

  Optional<Session<I, O>> open(Runnable alive) {
    lock.lock();
    try {
      if (ended) {
        return Optional.empty();
      }
      if (!working) {
        working = true;
        Worker.all(this, options.threads()).forEach(crew::start);
      }
      Session<I, O> session = new Session<>(this, alive);
      roster.add(session, clock.getAsLong());
      return Optional.of(session);
    } finally {
      lock.unlock();
    }
  }

  boolean hasEnded() {
    return locked(() -> ended);
  }

  /** Whether the session has outcomes to come. */
  boolean holds(Session<I, O> session) {
    return locked(() -> !session.open.isEmpty());
  }

  boolean hasRoom(Session<I, O> session) {
    return locked(() -> room(session));
  }

  private boolean room(Session<I, O> session) {
    return session.unadmitted == 0 && session.open.size() < options.openItems();
  }

  void submit(Session<I, O> session, I item) {
    boolean remote = steps.isRemote(item);
    long extra = remote ? 0 : steps.bytesToPrepare(item);
    Ticket<I, P, O> ticket = new Ticket<>(session, item, remote, steps.bytes(item), extra);
    lock.lock();
    try {
      requireWhole(session);
      if (queues.areEmpty()) {
        watch.moved();
      }
      queues.add(ticket);
      if (remote && !fetching) {
        fetching = true;
        Fetcher.all(this, options.threads()).forEach(crew::start);
      }
      wake();
    } finally {
      lock.unlock();
    }
  }

  /** The session submits nothing any more. */
  void finish(Session<I, O> session) {
    underLock(
        () -> {
          session.finished = true;
          wake();
        });
  }

  /** The oldest item's outcome, if it has one. */
  Optional<Settled<O>> take(Session<I, O> session) {
    return locked(
        () -> {
          requireWhole(session);
          return session.takeOldest();
        });
  }

  /**
   * Waits a moment for the oldest outcome or, where more is to come, for room; looks after the
   * threads meanwhile.
   */
  void await(Session<I, O> session, boolean more) {
    lock.lock();
    try {
      requireWhole(session);
      session.waiting = true;
      work.signalAll();
      if (!session.oldestIsSettled() && !(more && room(session))) {
        var unused = news.awaitNanos(TICK_NANOS);
      }
      if (watch.isDue(clock.getAsLong())) {
        lookAfter();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + options.name(), e);
    } finally {
      session.waiting = false;
      lock.unlock();
    }
  }

  private void lookAfter() {
    for (Worker<I, P, O> hung : watch.hung()) {
      Ticket<I, P, O> ticket = watch.giveUp(hung);
      crew.giveUp(hung);
      ticket.session.tally.gaveUp();
      queues.notPrepared(ticket, Settled.by(steps, watch.tooLong()));
      crew.start(hung.successor());
      wake();
    }
    watch.failure(queues, roster.size()).ifPresent(this::fail);
  }

  private void requireWhole(Session<I, O> session) {
    if (broken != null) {
      throw broken;
    }
    if (session.closed) {
      throw new IllegalStateException("The session is closed");
    }
  }

  void close(Session<I, O> session) {
    boolean last;
    lock.lock();
    try {
      if (session.closed) {
        return;
      }
      roster.remove(session, clock.getAsLong());
      session.closed = true;
      session.open.clear();
      queues.drop(session);
      last = roster.isEmpty();
      if (last) {
        end();
      }
      wake();
    } finally {
      lock.unlock();
    }
    if (last) {
      crew.leave();
    }
  }

  void countLoad(Session<I, O> session) {
    underLock(session.tally::loaded);
  }

  PumpFigures figures(Session<I, O> session) {
    return locked(() -> roster.figures(session, clock.getAsLong()));
  }

  PumpFigures figures() {
    return locked(() -> roster.figures(clock.getAsLong()));
  }

  long bytesInFlight() {
    return locked(() -> queues.budget().inFlight());
  }

  private <T> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private void underLock(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  // what threads do

  /** The next thing for a worker to do; null when it shall end. */
  @Nullable Runnable next(Worker<I, P, O> worker) {
    lock.lock();
    try {
      while (!ended && !worker.givenUp()) {
        long now = clock.getAsLong();
        if (worker.infers() && queues.hasBatch()) {
          List<Ticket<I, P, O>> batch = queues.nextBatch(now);
          return () -> hands.infer(batch);
        }
        if (worker.prepares() && queues.mayPrepare()) {
          return prepare(worker);
        }
        flushOrWait(queues.flushIn(now, roster.maySubmit()));
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private Runnable prepare(Worker<I, P, O> worker) {
    Ticket<I, P, O> ticket = queues.nextPrepare();
    I item = ticket.item();
    watch.begins(worker, ticket, steps.patience(ticket.item()));
    wake();
    return () -> hands.prepare(worker, ticket, item);
  }

  private void flushOrWait(long nanos) {
    if (nanos == 0) {
      queues.flush();
      work.signalAll();
      return;
    }
    try {
      var unused = work.awaitNanos(nanos);
    } catch (InterruptedException e) {
      return; // by the end, or left behind by a step: whoever asked looks anew
    }
  }

  /** The next thing for a fetcher to do; null when it shall end. */
  @Nullable Runnable nextFetch() {
    lock.lock();
    try {
      while (!ended && !queues.mayFetch()) {
        fetches.await();
      }
      if (ended) {
        return null;
      }
      Ticket<I, P, O> ticket = queues.nextFetch();
      I item = ticket.item();
      return () -> hands.fetch(ticket, item);
    } catch (InterruptedException e) {
      return null; // only the end interrupts
    } finally {
      lock.unlock();
    }
  }

  /** Takes in what a step led to. */
  void report(Runnable result, Runnable tally) {
    underLock(
        () -> {
          tally.run();
          result.run();
          watch.moved();
          wake();
        });
  }

  /** Takes in what a worker prepared, unless it was given up meanwhile. */
  void report(Worker<I, P, O> worker, Runnable result, Runnable tally) {
    underLock(
        () -> {
          if (watch.ends(worker)) {
            report(result, tally);
          }
        });
  }

  /** Something moved: whoever may have something to do or to take looks anew. */
  private void wake() {
    work.signalAll();
    if (queues.mayFetch()) {
      fetches.signalAll();
    }
    if (queues.takeNews()) {
      news.signalAll();
    }
  }

  // the end

  private void died(Throwable cause) {
    underLock(() -> fail(watch.died(cause)));
  }

  private void fail(LakehouseException failure) {
    broken = failure;
    end();
  }

  private void end() {
    ended = true;
    work.signalAll();
    fetches.signalAll();
    news.signalAll();
    crew.interrupt(); // nothing that a step waits for is wanted any more
  }
}
