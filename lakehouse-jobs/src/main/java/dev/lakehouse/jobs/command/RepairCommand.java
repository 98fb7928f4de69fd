// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.pipeline.sweep.Repair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code repair}: undoes what others did to the lake. */
@Command(
    name = "repair",
    header = "Undo foreign changes of tables, bring damaged blobs back.",
    description = {
      "",
      "Undoes rows that somebody else wrote, keeping what the lakehouse wrote since; stores blobs",
      "again whose bytes changed, from their sources; measures again where figures were altered.",
      "Says what it would do unless --apply is given. 'lakehouse run' then brings everything that",
      "is computed from these up to date.",
      ""
    },
    footer = {"", "Example:", "  lakehouse repair --lake ./lake --apply"})
final class RepairCommand extends LakehouseCommand {
  @Option(names = "--apply", description = "Do it.")
  private boolean apply;

  @Override
  Report report() {
    List<Repair> repairs = apply ? lakehouse().repair() : lakehouse().damage();
    boolean beyondRepair = apply && repairs.stream().anyMatch(repair -> !repair.mended());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("applied", apply);
    json.put("repairs", Shapes.of(repairs));
    return new Report(json, lines(repairs), beyondRepair ? ErrorCode.INTEGRITY.exitCode() : 0);
  }

  private List<String> lines(List<Repair> repairs) {
    if (repairs.isEmpty()) {
      return List.of("Nothing to repair.");
    }
    List<String> lines = new ArrayList<>();
    repairs.forEach(repair -> lines.add(repair.toString()));
    lines.add(
        apply
            ? "Next: lakehouse run, then lakehouse audit"
            : "Nothing was changed. To do it: lakehouse repair --apply");
    return lines;
  }
}
