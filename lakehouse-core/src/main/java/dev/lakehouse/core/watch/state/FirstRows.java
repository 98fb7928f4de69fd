// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.ValueOrder;
import dev.lakehouse.core.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The first of many rows in the order of their key, and how many there were.
 *
 * @param <T> what is kept of a row
 */
final class FirstRows<T> {
  /** A row: its key, when it came, and what is kept of it. */
  private record Entry<T>(List<Object> key, long nth, T kept) {}

  private final Comparator<Entry<T>> order;
  private final List<String> key;
  private final int limit;
  private final PriorityQueue<Entry<T>> first;
  private long count;

  FirstRows(List<String> key, int limit) {
    this.key = List.copyOf(key);
    this.limit = limit;
    this.order =
        Comparator.<Entry<T>, List<Object>>comparing(Entry::key, ValueOrder::ofRows)
            .thenComparing(Entry::nth);
    this.first = new PriorityQueue<>(order.reversed());
  }

  void offer(Values row, T kept) {
    List<Object> values = new ArrayList<>(key.size());
    key.forEach(column -> values.add(row.find(column).orElse(ValueOrder.EMPTY)));
    first.add(new Entry<>(values, count, kept));
    count++;
    if (first.size() > limit) {
      first.remove();
    }
  }

  long count() {
    return count;
  }

  List<T> inOrder() {
    return first.stream().sorted(order).map(Entry::kept).toList();
  }
}
