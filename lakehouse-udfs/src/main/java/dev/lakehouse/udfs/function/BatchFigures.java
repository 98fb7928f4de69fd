// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.batch.PumpFigures;
import java.io.Serializable;

/**
 * What a function did.
 *
 * @param rows that it answered
 * @param pump the rest; its items are batches, its loads are instances that were made
 */
public record BatchFigures(long rows, PumpFigures pump) implements Serializable {

  /** Nothing was done. */
  public static final BatchFigures NONE = new BatchFigures(0, PumpFigures.NONE);

  /** Both together. */
  public BatchFigures plus(BatchFigures other) {
    return new BatchFigures(rows + other.rows, pump.plus(other.pump));
  }

  /** Batches that it answered. */
  public long batches() {
    return pump.items();
  }

  /** Rows of a batch on average. */
  public double meanBatch() {
    return rows / (double) Math.max(1, batches());
  }

  /** Instances that were made for it. */
  public long instances() {
    return pump.loads();
  }

  /** Share of the time that lanes had batches at the function, 0-1. */
  public double busyShare() {
    return pump.busyShare();
  }
}
