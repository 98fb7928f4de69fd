// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import org.apache.spark.util.AccumulatorV2;

/** Adds up, on the driver, what a function did. For people: a repeated task counts again. */
public final class BatchSum extends AccumulatorV2<BatchFigures, BatchFigures> {
  private static final long serialVersionUID = 1L;

  private BatchFigures sum = BatchFigures.NONE;

  /** Also while it is read, as {@link dev.lakehouse.udfs.embed.PumpSum#isZero} says. */
  @Override
  public boolean isZero() {
    return sum == null || sum.equals(BatchFigures.NONE);
  }

  @Override
  public AccumulatorV2<BatchFigures, BatchFigures> copy() {
    BatchSum copy = new BatchSum();
    copy.sum = sum;
    return copy;
  }

  @Override
  public void reset() {
    sum = BatchFigures.NONE;
  }

  @Override
  public void add(BatchFigures figures) {
    sum = sum.plus(figures);
  }

  @Override
  public void merge(AccumulatorV2<BatchFigures, BatchFigures> other) {
    add(other.value());
  }

  @Override
  public BatchFigures value() {
    return sum;
  }
}
