// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.Words;
import dev.lakehouse.jobs.pipeline.DedupStep;
import dev.lakehouse.jobs.pipeline.Scope;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dedup}: finds equal content. */
@Command(
    name = "dedup",
    header = "Find assets with equal content.",
    description = {
      "",
      "Records groups of duplicates and elects nobody: which one is kept, judging decides.",
      ""
    },
    footer = {"", "Example:", "  lakehouse dedup --lake ./lake"})
final class DedupCommand extends LakehouseCommand {

  @Option(names = "--full", description = "Look at everything anew, also where nothing changed.")
  private boolean full;

  @Override
  Report report() {
    DedupStep.Result result = lakehouse().dedup(full ? Scope.ALL : Scope.CHANGED);
    return Report.of(Shapes.of(result), List.of(Words.of(result)));
  }
}
