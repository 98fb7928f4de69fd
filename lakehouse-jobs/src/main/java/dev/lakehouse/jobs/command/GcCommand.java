// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.Words;
import dev.lakehouse.jobs.pipeline.sweep.GcOptions;
import dev.lakehouse.jobs.pipeline.sweep.GcResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gc}: lists what nobody needs any more, and removes it. */
@Command(
    name = "gc",
    header = "List leftovers that nobody needs; remove them.",
    description = {
      "",
      "Leftovers are unfinished uploads, blobs that no asset names, and files of tables and indexes",
      "that belong to replaced versions or to none. Whatever a release names stays, and whatever is",
      "younger than a day, since a command may be at work on it. While a command is at work, or was",
      "killed less than a day ago, no blob goes.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  lakehouse gc --lake ./lake",
      "  lakehouse gc --lake ./lake --apply"
    })
final class GcCommand extends LakehouseCommand {
  @Option(names = "--apply", description = "Remove them. Default: only list them.")
  private boolean apply;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "Touch nothing younger, such as 36h or 7d; at least 24h. Default: 24h.")
  private String olderThan = "24h";

  @Option(names = "--withdrawn", description = "Give up the versions of withdrawn releases too.")
  private boolean withdrawn;

  @Override
  Report report() {
    GcOptions options = GcOptions.dryRun().olderThan(olderThan);
    options = withdrawn ? options.givingUpWithdrawn() : options;
    GcResult result = lakehouse().gc(apply ? options.apply() : options);
    return Report.of(Shapes.of(result), Words.of(result));
  }
}
