// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

/** Adds up the figures of one session; guarded by the lock of its line. */
final class Tally {
  private long items;
  private long inferred;
  private double batches;
  private long cells;
  private long padding;
  private long halvings;
  private long givenUp;
  private long loads;
  private long fetchNanos;
  private long prepareNanos;
  private long waitNanos;
  private long inferNanos;
  private long laneNanos;

  void settled() {
    items++;
  }

  void fetched(long nanos) {
    fetchNanos += nanos;
  }

  void prepared(long nanos) {
    prepareNanos += nanos;
  }

  void waited(long nanos) {
    waitNanos += nanos;
  }

  /** One item of a batch of so many, of this length and padded to the longest. */
  void inferred(long nanos, int size, int length, int longest) {
    inferred++;
    batches += 1.0 / size;
    inferNanos += nanos / size;
    cells += longest;
    padding += longest - length;
  }

  void halved(long times) {
    halvings += times;
  }

  void gaveUp() {
    givenUp++;
  }

  void loaded() {
    loads++;
  }

  void laneTime(long nanos) {
    laneNanos += nanos;
  }

  PumpFigures figures(long peakBytes) {
    return new PumpFigures(
        items,
        inferred,
        batches,
        cells,
        padding,
        halvings,
        givenUp,
        loads,
        fetchNanos,
        prepareNanos,
        waitNanos,
        inferNanos,
        laneNanos,
        peakBytes);
  }
}
