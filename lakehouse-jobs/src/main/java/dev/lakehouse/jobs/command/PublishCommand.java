// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.jobs.command.option.PublishFlags;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.Words;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.lake.release.PublishResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code publish}: makes what passed the current release. */
@Command(
    name = "publish",
    header = "Release what passed: catalog, indexes, one commit point.",
    description = {
      "",
      "What is released equals what passed, less what waits for a vector or failed to get one.",
      "Readers see the old release until the new one is whole. Exit 3 if too little would be",
      "published, or too much of what is published would leave.",
      ""
    },
    footer = {"", "Example:", "  lakehouse publish --lake ./lake --min-published 1000"})
final class PublishCommand extends LakehouseCommand {
  @Mixin private PublishFlags publish = new PublishFlags();

  @Option(
      names = "--rebuild",
      description = "After damage: make catalog and indexes anew from filtered and embeddings.")
  private boolean rebuild;

  @Override
  Report report() {
    PublishOptions options = publish.over(common.settings());
    PublishResult result = lakehouse().publish(rebuild ? options.rebuild() : options);
    return Report.of(Shapes.of(result), Words.of(result));
  }
}
