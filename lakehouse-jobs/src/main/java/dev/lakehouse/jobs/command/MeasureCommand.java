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

/** {@code measure}: decodes what is new once, and keeps its figures. */
@Command(
    name = "measure",
    header = "Measure images, texts and captions that have no figures yet.",
    description = {
      "",
      "Decodes each content once and keeps typed figures, or the code of what stood in the way.",
      "Rules are judged on these figures; no judgement ever decodes again.",
      ""
    },
    footer = {"", "Example:", "  lakehouse measure --lake ./lake"})
final class MeasureCommand extends LakehouseCommand {
  @Option(
      names = "--full",
      description =
          "Look at everything, not only at what changed since the last time, and try again what"
              + " failed for a reason outside the content: a blob that was missing, a limit.")
  private boolean full;

  @Override
  Report report() {
    StepCounts counts = lakehouse().measure(full ? Scope.ALL : Scope.CHANGED);
    return Report.of(Shapes.of(counts), List.of(Words.of("measure", counts)));
  }
}
