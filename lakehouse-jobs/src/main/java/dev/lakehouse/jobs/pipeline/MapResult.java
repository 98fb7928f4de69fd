// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.udfs.function.BatchFigures;

/**
 * What a user's function did to a table. Rows are counted in what was committed; the rest as it
 * happened, a repeated task again.
 *
 * @param function name of its class
 * @param table that it read
 * @param version of that table; -1 where it has none
 * @param output where the rows were written
 * @param rows written
 * @param batches that the function answered
 * @param meanBatch rows of a batch
 * @param instances that were made, on all executors
 * @param busyShare of the time that instances could work in, 0-1
 * @param seconds by the clock
 */
public record MapResult(
    String function,
    String table,
    long version,
    String output,
    long rows,
    long batches,
    double meanBatch,
    long instances,
    double busyShare,
    double seconds) {

  static MapResult of(
      MapRequest request, long version, String output, long rows, BatchFigures did, long nanos) {
    return new MapResult(
        request.function().factory(),
        request.table(),
        version,
        output,
        rows,
        did.batches(),
        did.meanBatch(),
        did.instances(),
        did.busyShare(),
        nanos / 1e9);
  }
}
