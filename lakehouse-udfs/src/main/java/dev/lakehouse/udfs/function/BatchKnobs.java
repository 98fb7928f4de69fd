// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.Serializable;

/**
 * How much a function is given at once and how often it stands in an executor.
 *
 * @param batchSize rows of a batch at most
 * @param batchBytes bytes of a batch at most; a single row may be larger
 * @param concurrency instances in an executor at most
 * @param gpus GPUs of an instance: a share of one, or a whole number; 0 for none
 * @param bytesInFlight bytes of batches that an executor holds at most, except for a single larger
 *     one
 * @param stallSeconds how long no call may return before the task fails
 */
record BatchKnobs(
    int batchSize,
    long batchBytes,
    int concurrency,
    double gpus,
    long bytesInFlight,
    int stallSeconds)
    implements Serializable {
  /** What is taken where nobody says otherwise. */
  static final BatchKnobs DEFAULTS = new BatchKnobs(1024, 64L << 20, 1, 0, 256L << 20, 3600);

  /** Arrow counts the bytes of a text column in 31 bits. */
  private static final long MAX_BATCH_BYTES = 1L << 30;

  private static final int MAX_ROWS = 1 << 20;
  private static final int MAX_CONCURRENCY = 1024;

  BatchKnobs {
    require(batchSize >= 1 && batchSize <= MAX_ROWS, "batch-size", batchSize, "from 1 to 1048576");
    require(
        batchBytes >= 1 && batchBytes <= MAX_BATCH_BYTES,
        "batch-bytes",
        batchBytes,
        "from 1 to 1073741824");
    require(
        concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
        "concurrency",
        concurrency,
        "instances in an executor, from 1 to 1024");
    require(
        gpus >= 0 && gpus <= MAX_CONCURRENCY && (gpus <= 1 || gpus == Math.rint(gpus)),
        "gpus",
        gpus,
        "GPUs of an instance: a share such as 0.5, or a whole number; 0 for none");
    require(bytesInFlight >= 1, "bytes in flight", bytesInFlight, "at least 1");
    require(stallSeconds >= 1, "stall-seconds", stallSeconds, "at least 1");
  }

  private static void require(boolean holds, String knob, Number value, String expected) {
    if (!holds) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID, "Invalid %s: %s (expected %s)", knob, value, expected);
    }
  }

  BatchKnobs withBatchSize(int rows) {
    return new BatchKnobs(rows, batchBytes, concurrency, gpus, bytesInFlight, stallSeconds);
  }

  BatchKnobs withBatchBytes(long bytes) {
    return new BatchKnobs(batchSize, bytes, concurrency, gpus, bytesInFlight, stallSeconds);
  }

  BatchKnobs withConcurrency(int instances) {
    return new BatchKnobs(batchSize, batchBytes, instances, gpus, bytesInFlight, stallSeconds);
  }

  BatchKnobs withGpus(double each) {
    return new BatchKnobs(batchSize, batchBytes, concurrency, each, bytesInFlight, stallSeconds);
  }

  BatchKnobs withBytesInFlight(long bytes) {
    return new BatchKnobs(batchSize, batchBytes, concurrency, gpus, bytes, stallSeconds);
  }

  BatchKnobs withStallSeconds(int seconds) {
    return new BatchKnobs(batchSize, batchBytes, concurrency, gpus, bytesInFlight, seconds);
  }
}
