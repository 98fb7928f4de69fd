// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.watch.LakeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code status}: where the lake stands. */
@Command(
    name = "status",
    header = "Show where every item stands, and the releases.",
    description = {
      "",
      "Each item has one state, so the counts add up to what was seen: dead_letter, failed,",
      "duplicate, review, pending, published.",
      ""
    },
    footer = {"", "Example:", "  lakehouse status --lake ./lake"})
final class StatusCommand extends LakehouseCommand {

  @Override
  Report report() {
    LakeStatus status = lakehouse().status();
    List<String> lines = new ArrayList<>(Words.funnel(status));
    lines.add("");
    lines.add("releases");
    status.releases().forEach(release -> lines.add(Words.of(release)));
    if (status.releases().stream().noneMatch(Release::isReleased)) {
      lines.add(Words.current(Optional.empty()));
    }
    status.familiesOff().forEach(off -> lines.add("left out " + off));
    return Report.of(Shapes.of(status), lines);
  }
}
