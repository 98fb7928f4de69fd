// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.Words;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.StepCounts;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code derive}: takes pieces out of contents by which they are found. */
@Command(
    name = "derive",
    header = "Take passages and pictures out of texts, documents and films that have none yet.",
    description = {
      "",
      "Reads each content once and keeps its passages, and pictures of films, with their places:",
      "characters, pages, seconds. They are measured and judged like anything else, and a search answers with the best.",
      ""
    },
    footer = {"", "Example:", "  lakehouse derive --lake ./lake"})
final class DeriveCommand extends LakehouseCommand {
  @Option(
      names = "--full",
      description =
          "Try again what failed for a reason outside the content: a missing blob, a limit.")
  private boolean full;

  @Override
  Report report() {
    StepCounts counts = lakehouse().derive(full ? Scope.ALL : Scope.CHANGED);
    return Report.of(Shapes.of(counts), List.of(Words.of("derive", counts)));
  }
}
