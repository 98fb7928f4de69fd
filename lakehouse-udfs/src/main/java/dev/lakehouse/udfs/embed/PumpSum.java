// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import dev.lakehouse.core.batch.PumpFigures;
import org.apache.spark.util.AccumulatorV2;

/**
 * Adds up, on the driver, what the pumps of all executors did. For people: a task that is repeated
 * counts again, and of two executors the higher peak is kept.
 */
public final class PumpSum extends AccumulatorV2<PumpFigures, PumpFigures> {
  private static final long serialVersionUID = 1L;

  private PumpFigures sum = PumpFigures.NONE;

  @Override
  public boolean isZero() {
    return sum.equals(PumpFigures.NONE);
  }

  @Override
  public AccumulatorV2<PumpFigures, PumpFigures> copy() {
    PumpSum copy = new PumpSum();
    copy.sum = sum;
    return copy;
  }

  @Override
  public void reset() {
    sum = PumpFigures.NONE;
  }

  @Override
  public void add(PumpFigures figures) {
    sum = sum.plus(figures);
  }

  @Override
  public void merge(AccumulatorV2<PumpFigures, PumpFigures> other) {
    add(other.value());
  }

  @Override
  public PumpFigures value() {
    return sum;
  }
}
