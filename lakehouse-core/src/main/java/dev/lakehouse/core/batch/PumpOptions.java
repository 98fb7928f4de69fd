// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import static java.util.Objects.requireNonNull;

/**
 * How a pump works; none of it changes an outcome.
 *
 * @param name for threads and messages: the model and where it runs
 * @param threads that it has
 * @param batches how items are put together
 * @param limits of memory and time
 */
public record PumpOptions(String name, PumpThreads threads, BatchShape batches, PumpLimits limits) {

  public PumpOptions {
    requireNonNull(name, "name is null");
    requireNonNull(threads, "threads is null");
    requireNonNull(batches, "batches is null");
    requireNonNull(limits, "limits is null");
  }

  /**
   * Items that a task may have submitted and not taken: enough for it to fill every lane while a
   * window is being prepared, should it be alone.
   */
  int openItems() {
    return 2 * batches.window() + batches.rows() * (threads.inferring() + 2);
  }
}
