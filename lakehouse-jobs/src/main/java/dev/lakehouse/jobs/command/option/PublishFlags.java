// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.option;

import dev.lakehouse.core.Settings;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what may be released. */
public final class PublishFlags {
  @Option(
      names = "--min-published",
      paramLabel = "N",
      description =
          "Rows below which nothing is released. Default: setting lakehouse.publish.min-published.")
  private Optional<Long> minPublished = Optional.empty();

  @Option(
      names = "--allow-leaving",
      description =
          "Release although more than lakehouse.publish.max-leaving of what is published leaves.")
  private boolean allowLeaving;

  /** The options over the settings. */
  public PublishOptions over(Settings settings) {
    PublishOptions options = PublishOptions.from(settings);
    options = minPublished.map(options::atLeast).orElse(options);
    return allowLeaving ? options.allowLeaving() : options;
  }
}
