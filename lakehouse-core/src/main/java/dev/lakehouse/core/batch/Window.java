// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Prepared items that wait for others of their length. The window is cut whole, its longest items
 * first: what came later cannot push anything back, so nothing waits for ever.
 */
final class Window<I, P, O> {
  private final BatchShape shape;
  private final List<Ticket<I, P, O>> items = new ArrayList<>();
  private long since;

  Window(BatchShape shape) {
    this.shape = shape;
  }

  void add(Ticket<I, P, O> ticket, long now) {
    if (items.isEmpty()) {
      since = now;
    }
    items.add(ticket);
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  boolean isFull() {
    return items.size() >= shape.window();
  }

  int size() {
    return items.size();
  }

  /** When the first of its items came. */
  long since() {
    return since;
  }

  /** The items without those of a session; returns the ones taken out. */
  List<Ticket<I, P, O>> without(Session<I, O> session) {
    List<Ticket<I, P, O>> out = items.stream().filter(ticket -> ticket.session == session).toList();
    items.removeAll(out);
    return out;
  }

  /** Sorts the items, cuts them into batches and is empty then. */
  List<List<Ticket<I, P, O>>> cut() {
    items.sort(Comparator.comparingInt((Ticket<I, P, O> ticket) -> ticket.length).reversed());
    List<List<Ticket<I, P, O>>> batches = new ArrayList<>();
    List<Ticket<I, P, O>> batch = new ArrayList<>();
    long bytes = 0;
    for (Ticket<I, P, O> ticket : items) {
      if (!batch.isEmpty() && !fits(batch, bytes, ticket)) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(ticket);
      bytes += ticket.charge;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    items.clear();
    return batches;
  }

  private boolean fits(List<Ticket<I, P, O>> batch, long bytes, Ticket<I, P, O> next) {
    long longest = batch.get(0).length;
    return batch.size() < shape.rows()
        && bytes + next.charge <= shape.bytes()
        && (batch.size() + 1) * longest <= shape.cells();
  }
}
