// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many items the tasks of this JVM have done, repeated ones twice: for the eyes of who waits,
 * never for decisions. Where driver and executor are one process it moves with every item, which no
 * accumulator does.
 */
public final class ItemsDone {
  private static final LongAdder DONE = new LongAdder();

  private ItemsDone() {}

  /** One more. */
  public static void another() {
    DONE.increment();
  }

  /** All since the JVM began. */
  public static long count() {
    return DONE.sum();
  }
}
