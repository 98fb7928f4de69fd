// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import dev.lakehouse.core.batch.PumpFigures;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.util.AccumulatorV2;

/**
 * Adds up, on the driver, what the pumps of all executors did. For people: a task that is repeated
 * counts again, and of two executors the higher peak is kept.
 */
public final class PumpSum extends AccumulatorV2<PumpFigures, PumpFigures> {
  private static final long serialVersionUID = 1L;

  private final SortedSet<String> devices = new TreeSet<>();
  private PumpFigures sum = PumpFigures.NONE;
  private boolean oneByOne;

  /** A task ran there. */
  public void ranOn(String device) {
    devices.add(device);
  }

  /** Where tasks ran, and why there. */
  public String devices() {
    return String.join(" and ", devices);
  }

  /** The model quantises as it runs. */
  public void ranOneByOne() {
    oneByOne = true;
  }

  /** Whether a model was given one item at a time, since it quantises as it runs. */
  public boolean isOneByOne() {
    return oneByOne;
  }

  /**
   * Also while it is read: Spark makes a task's sums known before their fields are there, and an
   * executor whose heartbeat meets an exception never beats again.
   */
  @Override
  public boolean isZero() {
    return sum == null
        || devices == null
        || sum.equals(PumpFigures.NONE) && devices.isEmpty() && !oneByOne;
  }

  @Override
  public AccumulatorV2<PumpFigures, PumpFigures> copy() {
    PumpSum copy = new PumpSum();
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    sum = PumpFigures.NONE;
    devices.clear();
    oneByOne = false;
  }

  @Override
  public void add(PumpFigures figures) {
    sum = sum.plus(figures);
  }

  @Override
  public void merge(AccumulatorV2<PumpFigures, PumpFigures> other) {
    add(other.value());
    devices.addAll(((PumpSum) other).devices);
    oneByOne |= ((PumpSum) other).oneByOne;
  }

  @Override
  public PumpFigures value() {
    return sum;
  }
}
