// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.batch.PumpLimits;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.embed.Batching;
import dev.lakehouse.core.embed.PumpPlan;
import java.io.Serializable;
import java.time.Duration;

/**
 * How an encoder is run; none of it changes a vector.
 *
 * @param run that asks, for the rows
 * @param device auto, cpu, cuda or cuda:0, …
 * @param warmBytes bytes of models that an executor keeps warm
 * @param lanes batches that a GPU is given at once
 * @param batching how inputs are put together
 * @param limits of memory and time
 */
public record EmbedOptions(
    String run, String device, long warmBytes, int lanes, Batching batching, PumpLimits limits)
    implements Serializable {
  private static final Duration MAX_WAIT = Duration.ofMillis(50);

  public EmbedOptions {
    requireNonNull(run, "run is null");
    requireNonNull(device, "device is null");
    requireNonNull(batching, "batching is null");
    requireNonNull(limits, "limits is null");
  }

  /** The options that the settings give. */
  public static EmbedOptions from(Settings settings, String run) {
    return new EmbedOptions(
        run,
        DeviceChoice.parse(settings.text(Setting.EMBED_DEVICE)),
        settings.integer(Setting.MODELS_WARM_BYTES),
        (int) settings.integer(Setting.EMBED_LANES),
        Batching.from(settings),
        new PumpLimits(
            settings.integer(Setting.EMBED_BYTES_IN_FLIGHT),
            MAX_WAIT,
            seconds(settings, Setting.EMBED_ITEM_SECONDS),
            seconds(settings, Setting.EMBED_STALL_SECONDS)));
  }

  private static Duration seconds(Settings settings, Setting setting) {
    return Duration.ofSeconds(settings.integer(setting));
  }

  /**
   * The same for the device and the cores that a task finds.
   *
   * @param gpus of its executor, each of which has a pump; they share its cores and its bytes
   */
  PumpPlan plan(String where, int cores, int gpus) {
    int pumps = where.equals(DeviceChoice.CPU) ? 1 : Math.max(1, gpus);
    return new PumpPlan(where, Math.max(1, cores / pumps), lanes, batching, limits.sharedBy(pumps));
  }
}
