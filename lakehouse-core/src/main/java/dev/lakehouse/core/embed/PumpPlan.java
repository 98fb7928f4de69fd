// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.batch.PumpLimits;
import dev.lakehouse.core.batch.PumpOptions;
import dev.lakehouse.core.batch.PumpThreads;
import dev.lakehouse.core.bundle.DeviceChoice;
import dev.lakehouse.core.bundle.Tower;

/**
 * How the inputs of an encoder are pumped; none of it changes a vector.
 *
 * @param device cpu, cuda:0, …
 * @param cores that may be used
 * @param lanes batches that a GPU is given at once
 * @param batches how inputs are put together; the window is that of texts
 * @param limits of memory and time
 */
public record PumpPlan(String device, int cores, int lanes, BatchShape batches, PumpLimits limits) {
  public PumpPlan {
    requireNonNull(device, "device is null");
    requireNonNull(batches, "batches is null");
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
    if (encoder.isBatchDependent()) {
      return batches.alone();
    }
    // pictures are all of one length: there is nothing to sort
    return encoder.spec().tower().equals(Tower.IMAGE)
        ? batches.withWindow(batches.rows())
        : batches;
  }
}
