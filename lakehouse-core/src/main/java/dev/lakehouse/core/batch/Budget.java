// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

/**
 * Bytes in flight. At most a quarter of the budget waits ahead of being prepared, so that the rest
 * is there for preparing. Whatever is prepared can be inferred without a byte more, and preparing
 * may always begin where nothing else is prepared; so nothing ever waits for bytes that nobody
 * gives back.
 */
final class Budget {
  private final long limit;
  private long ahead; // fetched, or promised to what is being fetched
  private long busy; // being prepared, prepared, being inferred
  private long peak;

  Budget(long limit) {
    this.limit = limit;
  }

  /** Whether an item may come in. */
  boolean mayEnter(long bytes) {
    return ahead == 0
        ? ahead + busy + bytes <= limit || busy == 0
        : ahead + bytes <= limit / 4 && ahead + busy + bytes <= limit;
  }

  void enter(long bytes) {
    ahead += bytes;
    mark();
  }

  /** An item ahead turned out to hold another number of bytes. */
  void correct(long from, long to) {
    ahead += to - from;
    mark();
  }

  /** An item ahead is dropped. */
  void leave(long bytes) {
    ahead -= bytes;
  }

  /** Whether preparing may begin with so many bytes more. */
  boolean mayPrepare(long extra) {
    return busy == 0 || ahead + busy + extra <= limit;
  }

  /** Preparing an item ahead begins. */
  void prepare(long held, long extra) {
    ahead -= held;
    busy += held + extra;
    mark();
  }

  /** What was being prepared now holds this. */
  void prepared(long from, long to) {
    busy += to - from;
    mark();
  }

  /** Given back. */
  void release(long bytes) {
    busy -= bytes;
  }

  long inFlight() {
    return ahead + busy;
  }

  long peak() {
    return peak;
  }

  long limit() {
    return limit;
  }

  private void mark() {
    peak = Math.max(peak, ahead + busy);
  }
}
