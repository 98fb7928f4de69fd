// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

/**
 * The threads of a pump.
 *
 * @param workers that prepare, one for each core
 * @param lanes that run batches on a device of its own; 0 where the workers run them, on their core
 * @param fetchers that wait for storage
 */
public record PumpThreads(int workers, int lanes, int fetchers) {
  private static final int LEAST_FETCHERS = 4;

  public PumpThreads {
    if (workers < 1 || lanes < 0 || fetchers < 1) {
      throw new IllegalArgumentException(
          "Invalid threads: workers %d, lanes %d, fetchers %d".formatted(workers, lanes, fetchers));
    }
  }

  /** One kind of worker, which does whatever is ready: so no core is idle and none is shared. */
  public static PumpThreads onCpu(int cores) {
    return new PumpThreads(cores, 0, Math.max(LEAST_FETCHERS, 2 * cores));
  }

  /** Every core prepares, and lanes beside them wait for the device. */
  public static PumpThreads besideDevice(int cores, int lanes) {
    return new PumpThreads(cores, Math.max(1, lanes), Math.max(LEAST_FETCHERS, 2 * cores));
  }

  /** Batches that may run at once. */
  public int inferring() {
    return lanes == 0 ? workers : lanes;
  }

  /** For people. */
  public String sentence() {
    return lanes == 0
        ? "%d threads decode or run a batch, whichever is ready, and %d wait for storage"
            .formatted(workers, fetchers)
        : "%d threads decode, %d feed the device, and %d wait for storage"
            .formatted(workers, lanes, fetchers);
  }
}
