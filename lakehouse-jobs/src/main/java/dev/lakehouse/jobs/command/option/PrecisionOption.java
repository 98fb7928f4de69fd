// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.option;

import dev.lakehouse.core.Setting;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What models run in, for the commands that embed. */
public final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      description =
          "Number format that models run in: fp32, bf16, fp16, int8 or auto (the fastest that comes"
              + " near enough). Default: setting lakehouse.embed.precision.")
  private Optional<String> precision = Optional.empty();

  /** Makes it the setting of a command. */
  public void choose(CommonOptions common) {
    precision.ifPresent(word -> common.choose(Setting.EMBED_PRECISION, word, "--precision"));
  }
}
