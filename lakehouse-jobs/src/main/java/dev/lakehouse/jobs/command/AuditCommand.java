// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import dev.lakehouse.jobs.watch.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code audit}: re-derives why every row of a release may be trusted. */
@Command(
    name = "audit",
    header = "Re-derive why each published row may be trusted.",
    description = {
      "",
      "Checks blobs, figures, duplicates, verdicts, catalog and indexes of the current release",
      "against what they were made from, and the tables for commits of somebody else. Names each",
      "violation with its remedy; exit 6 if there is one.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse audit --lake ./lake",
      "  lakehouse audit --lake s3://bucket/lake --sample 0.01"
    })
final class AuditCommand extends LakehouseCommand {
  @Option(names = "--all", description = "Audit every release that readers may name.")
  private boolean all;

  @Option(
      names = "--sample",
      paramLabel = "SHARE",
      description =
          "Read back this share of the contents, above 0 and at most 1 (default 1). Tables and"
              + " indexes are compared whole.")
  private double share = 1;

  @Override
  Report report() {
    if (!(share > 0 && share <= 1)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot audit a share of %s: expected a number above 0 and at most 1. For one in a hundred"
              + " write --sample 0.01",
          share);
    }
    List<AuditReport> reports =
        lakehouse().audit(all ? ReleaseChoice.ALL : ReleaseChoice.CURRENT, new Sample(share));
    boolean clean = reports.stream().allMatch(AuditReport::clean);
    return new Report(
        json(clean, reports), lines(reports), clean ? 0 : ErrorCode.INTEGRITY.exitCode());
  }

  private static List<String> lines(List<AuditReport> reports) {
    List<String> lines = new ArrayList<>();
    for (AuditReport report : reports) {
      for (Violation violation : report.violations()) {
        lines.add(violation.toString());
      }
      lines.addAll(report.remarks());
      lines.add(
          "release %d (%s): %,d rows, %s of the contents, %s: %,d violations"
              .formatted(
                  report.sequence(),
                  report.release().substring(0, 12),
                  report.rows(),
                  report.share() == 1 ? "all" : "a share of " + report.share(),
                  String.join(", ", report.checks()),
                  report.violations().size()));
    }
    return lines.isEmpty() ? List.of("Nothing is released yet.") : lines;
  }

  private static Map<String, Object> json(boolean clean, List<AuditReport> reports) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("clean", clean);
    json.put("audits", Shapes.of(reports));
    return json;
  }
}
