// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import java.io.Serializable;

/**
 * How an encoder is run; none of it changes a vector.
 *
 * @param run that asks, for the rows
 * @param device auto, cpu, gpu or gpu:0, …
 * @param batchSize inputs sent to the device at once
 * @param warmBytes bytes of models that an executor keeps warm
 */
public record EmbedOptions(String run, String device, int batchSize, long warmBytes)
    implements Serializable {

  public EmbedOptions {
    requireNonNull(run, "run is null");
    requireNonNull(device, "device is null");
    if (batchSize < 1) {
      throw new IllegalArgumentException("Invalid batch size: " + batchSize);
    }
  }

  /** The options that the settings give. */
  public static EmbedOptions from(Settings settings, String run) {
    return new EmbedOptions(
        run,
        settings.text(Setting.EMBED_DEVICE),
        (int) settings.integer(Setting.EMBED_BATCH, 1, 4096),
        settings.integer(Setting.MODELS_WARM_BYTES, 0, Long.MAX_VALUE));
  }
}
