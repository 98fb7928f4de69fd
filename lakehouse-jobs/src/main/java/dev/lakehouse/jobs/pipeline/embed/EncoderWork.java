// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.embed;

import dev.lakehouse.core.batch.PumpFigures;
import dev.lakehouse.jobs.lake.delta.Waves;
import dev.lakehouse.udfs.embed.PumpSum;

/**
 * Where the time of one encoder went. Seconds are sums over threads, except where said otherwise; a
 * task that was repeated counts again.
 *
 * @param encoder its digest
 * @param precision that it ran in, and why
 * @param device that it ran on, and why there; several where executors differ
 * @param items that have an outcome
 * @param batches sent to the device
 * @param meanBatch items of a batch
 * @param paddingShare of what the device computed, 0-1
 * @param deviceBusyShare of the time that tasks were there, 0-1
 * @param fetchSeconds waiting for storage
 * @param prepareSeconds decoding and preprocessing
 * @param queueSeconds prepared and not yet in a batch, a mean over items
 * @param inferSeconds running batches
 * @param computeSeconds by the clock, while any of this was done
 * @param writeSeconds by the clock, while rows were committed, most of it beside the rest
 * @param batchesHalved that could not be run whole
 * @param threadsGivenUp that hung and were replaced
 * @param modelLoads native sessions that were opened
 * @param peakBytesInFlight of one executor
 */
public record EncoderWork(
    String encoder,
    String precision,
    String device,
    long items,
    long batches,
    double meanBatch,
    double paddingShare,
    double deviceBusyShare,
    double fetchSeconds,
    double prepareSeconds,
    double queueSeconds,
    double inferSeconds,
    double computeSeconds,
    double writeSeconds,
    long batchesHalved,
    long threadsGivenUp,
    long modelLoads,
    long peakBytesInFlight) {
  private static final double NANOS = 1e9;
  private static final String ONE_BY_ONE =
      ", one item at a time, since the model quantises as it runs";

  /** The same encoder with nothing to do. */
  EncoderWork again() {
    return new EncoderWork(encoder, precision, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  static EncoderWork of(ChosenEncoder encoder, PumpSum sum, Waves.Spent spent) {
    PumpFigures pumped = sum.value();
    return new EncoderWork(
        encoder.spec().encoder(),
        encoder.precision() + (sum.isOneByOne() ? ONE_BY_ONE : ""),
        sum.devices(),
        pumped.items(),
        Math.round(pumped.batches()),
        pumped.meanBatch(),
        pumped.paddingShare(),
        pumped.busyShare(),
        pumped.fetchNanos() / NANOS,
        pumped.prepareNanos() / NANOS,
        pumped.meanWaitSeconds(),
        pumped.inferNanos() / NANOS,
        spent.computeSeconds(),
        spent.writeSeconds(),
        pumped.halvings(),
        pumped.givenUp(),
        pumped.loads(),
        pumped.peakBytes());
  }
}
