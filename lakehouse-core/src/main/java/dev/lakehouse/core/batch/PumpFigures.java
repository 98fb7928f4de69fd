// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.io.Serializable;
import java.util.Locale;

/**
 * Where time and memory went. Times are sums over threads, in nanoseconds, except for the wait; of
 * a batch each item bears its share, so that the figures of sessions add up to those of their pump.
 *
 * @param items that have an outcome
 * @param inferred of them, those that were in a batch
 * @param batches sent to the device
 * @param cells lengths of all rows of all batches, padded
 * @param padding of them, those that are padding
 * @param halvings of batches that could not be run whole
 * @param givenUp threads that hung and were replaced
 * @param loads of models that had to be loaded first
 * @param fetchNanos waiting for storage
 * @param prepareNanos decoding and preprocessing
 * @param waitNanos prepared and not yet in a batch that runs, summed over items
 * @param inferNanos running batches
 * @param laneNanos that batches could have been run in: lanes times the time they were there
 * @param peakBytes in flight at once
 */
public record PumpFigures(
    long items,
    long inferred,
    double batches,
    long cells,
    long padding,
    long halvings,
    long givenUp,
    long loads,
    long fetchNanos,
    long prepareNanos,
    long waitNanos,
    long inferNanos,
    long laneNanos,
    long peakBytes)
    implements Serializable {

  /** Nothing was done. */
  public static final PumpFigures NONE = new PumpFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static final double SECOND = 1e9;

  /** Both together; of the peaks the higher one. */
  public PumpFigures plus(PumpFigures other) {
    return new PumpFigures(
        items + other.items,
        inferred + other.inferred,
        batches + other.batches,
        cells + other.cells,
        padding + other.padding,
        halvings + other.halvings,
        givenUp + other.givenUp,
        loads + other.loads,
        fetchNanos + other.fetchNanos,
        prepareNanos + other.prepareNanos,
        waitNanos + other.waitNanos,
        inferNanos + other.inferNanos,
        laneNanos + other.laneNanos,
        Math.max(peakBytes, other.peakBytes));
  }

  /** Items of a batch on average. */
  public double meanBatch() {
    return inferred / Math.max(1, batches);
  }

  /** Share of what the device computed that was padding, 0-1. */
  public double paddingShare() {
    return padding / (double) Math.max(1, cells);
  }

  /** Share of the time that lanes ran batches, 0-1; on a CPU they prepare in the rest of it. */
  public double busyShare() {
    return inferNanos / (double) Math.max(1, laneNanos);
  }

  /** How long an item waited for its batch, on average. */
  public double meanWaitSeconds() {
    return waitNanos / SECOND / Math.max(1, inferred);
  }

  /** For people; what should not have happened is said where it did. */
  @Override
  public String toString() {
    String line =
        String.format(
            Locale.ROOT,
            "fetch %.1f s, prepare %.1f s, infer %.1f s; %.0f batches of %.1f, padding %.0f %%,"
                + " device busy %.0f %%, wait %.2f s an item, at most %d MiB in flight",
            fetchNanos / SECOND,
            prepareNanos / SECOND,
            inferNanos / SECOND,
            batches,
            meanBatch(),
            100 * paddingShare(),
            100 * busyShare(),
            meanWaitSeconds(),
            (peakBytes + (1 << 20) - 1) >> 20);
    return line
        + counted(loads, "model loads")
        + counted(halvings, "batches halved")
        + counted(givenUp, "threads given up");
  }

  private static String counted(long count, String what) {
    return count == 0 ? "" : ", %s: %d".formatted(what, count);
  }
}
