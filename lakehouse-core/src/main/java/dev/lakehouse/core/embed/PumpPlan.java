// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.batch.PumpLimits;
import dev.lakehouse.core.batch.PumpOptions;
import dev.lakehouse.core.batch.PumpThreads;
import dev.lakehouse.core.bundle.engine.DeviceChoice;

/**
 * How the inputs of an encoder are pumped; none of it changes a vector.
 *
 * @param device cpu, cuda:0, …
 * @param cores that may be used
 * @param lanes batches that a GPU is given at once
 * @param batching how inputs are put together
 * @param limits of memory and time
 */
public record PumpPlan(String device, int cores, int lanes, Batching batching, PumpLimits limits) {
  public PumpPlan {
    requireNonNull(device, "device is null");
    requireNonNull(batching, "batching is null");
    requireNonNull(limits, "limits is null");
  }

  PumpOptions options(Encoder encoder) {
    EncoderSpec spec = encoder.spec();
    boolean onCpu = encoder.device().equals(DeviceChoice.CPU);
    return new PumpOptions(
        "%s/%s on %s".formatted(spec.bundle(), spec.tower(), encoder.device()),
        onCpu ? PumpThreads.onCpu(cores) : PumpThreads.besideDevice(cores, lanes),
        batches(encoder),
        limits);
  }

  private BatchShape batches(Encoder encoder) {
    BatchShape shape = batching.shape(encoder.spec().kind(), encoder.device());
    return encoder.isBatchDependent() ? shape.alone() : shape;
  }
}
