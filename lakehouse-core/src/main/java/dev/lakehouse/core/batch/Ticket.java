// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** An item on its way to its outcome; guarded by the lock of its line. */
final class Ticket<I, P, O> {
  final Session<I, O> session;
  final boolean remote;
  private @Nullable I item;
  private @Nullable P prepared;
  private @Nullable Settled<O> settled;
  long charge; // bytes that it is charged with, or will be once it is admitted
  long extra; // bytes that preparing takes beside
  boolean busy; // charged as busy, not as ahead
  int length;
  long preparedAt;

  Ticket(Session<I, O> session, I item, boolean remote, long charge, long extra) {
    this.session = session;
    this.item = item;
    this.remote = remote;
    this.charge = charge;
    this.extra = extra;
  }

  I item() {
    return requireNonNull(item, "item is gone");
  }

  void fetched(I fetched) {
    item = fetched;
  }

  /** From here on the item itself is not needed. */
  void prepared(P ready, int itsLength, long now) {
    prepared = ready;
    item = null;
    length = itsLength;
    preparedAt = now;
  }

  P prepared() {
    return requireNonNull(prepared, "item is not prepared");
  }

  void settle(Settled<O> outcome) {
    settled = outcome;
    item = null;
    prepared = null;
  }

  @Nullable Settled<O> settled() {
    return settled;
  }
}
