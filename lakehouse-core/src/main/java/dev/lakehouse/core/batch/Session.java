// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The part that one task has in a pump. Used by the task's thread alone.
 *
 * @param <I> items
 * @param <O> what becomes of them
 */
public final class Session<I, O> implements AutoCloseable {
  private final Line<I, ?, O> line;
  private final Runnable alive;

  // guarded by the lock of the line
  final Deque<Ticket<I, ?, O>> open = new ArrayDeque<>(); // submitted, not taken
  final Tally tally = new Tally();
  int unadmitted;
  boolean waiting;
  boolean finished;
  boolean closed;

  Session(Line<I, ?, O> line, Runnable alive) {
    this.line = line;
    this.alive = alive;
  }

  boolean oldestIsSettled() {
    Ticket<I, ?, O> oldest = open.peek();
    return oldest != null && oldest.settled() != null;
  }

  Optional<Settled<O>> takeOldest() {
    Ticket<I, ?, O> oldest = open.peek();
    if (oldest == null || oldest.settled() == null) {
      return Optional.empty();
    }
    open.remove();
    return Optional.ofNullable(oldest.settled());
  }

  /**
   * One outcome for each item, in the order of the items, which are read by whoever asks for
   * outcomes and no further ahead than the pump has room for. To be called once.
   *
   * <p>{@code next} throws what {@link PumpSteps#failed} throws for its item, and a {@link
   * dev.lakehouse.core.LakehouseException} if the pump stalled.
   */
  public Iterator<O> outcomes(Iterator<I> items) {
    return new Outcomes(items);
  }

  /** Submits nothing: the pump waits for others alone, and stays until this is closed. */
  public void finish() {
    line.finish(this);
  }

  /** To be counted: what the steps need had to be loaded for this session. */
  public void countLoad() {
    line.countLoad(this);
  }

  /** What was done for it so far. */
  public PumpFigures figures() {
    return line.figures(this);
  }

  /**
   * Drops what was not taken and gives its bytes back. Whoever closes the last session of a pump
   * waits for its threads to end, ten seconds at most.
   */
  @Override
  public void close() {
    line.close(this);
  }

  private final class Outcomes implements Iterator<O> {
    private final Iterator<I> items;
    private boolean more = true;

    Outcomes(Iterator<I> items) {
      this.items = items;
    }

    @Override
    public boolean hasNext() {
      return line.holds(Session.this) || (more && items.hasNext());
    }

    @Override
    public O next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      while (true) {
        boolean room = more && line.hasRoom(Session.this);
        if (room) {
          submitOne();
        }
        Optional<Settled<O>> oldest = line.take(Session.this);
        if (oldest.isPresent()) {
          return oldest.get().orThrow();
        }
        if (!room) {
          alive.run();
          line.await(Session.this, more);
        }
      }
    }

    private void submitOne() {
      more = items.hasNext();
      if (more) {
        line.submit(Session.this, items.next());
      } else {
        line.finish(Session.this);
      }
    }
  }
}
