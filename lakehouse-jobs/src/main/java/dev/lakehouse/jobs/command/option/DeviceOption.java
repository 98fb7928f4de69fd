// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.option;

import dev.lakehouse.core.Setting;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where models run, for the commands that run many. */
public final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "Where models run: auto, cpu, cuda or cuda:<number>. Default: setting"
              + " lakehouse.embed.device.")
  private Optional<String> device = Optional.empty();

  /** Makes it the setting of a command. */
  public void choose(CommonOptions common) {
    device.ifPresent(word -> common.choose(Setting.EMBED_DEVICE, word, "--device"));
  }
}
