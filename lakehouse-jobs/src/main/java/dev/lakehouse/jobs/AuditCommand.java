// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code audit}: re-derives why every row of the current release may be trusted. */
@Command(
    name = "audit",
    header = "Re-derive why each published row may be trusted.",
    description = {
      "",
      "Checks commits, verdicts, catalog, indexes and blobs of the current release against what",
      "they say they are. Names each violation with its remedy; exit 6 if there is one.",
      ""
    },
    footer = {"", "Example:", "  lakehouse audit --lake ./lake"})
final class AuditCommand extends LakehouseCommand {

  @Override
  Report report() {
    Optional<AuditReport> audited = lakehouse().audit();
    if (audited.isEmpty()) {
      return Report.of(json(true, Optional.empty()), List.of("Nothing is released yet."));
    }
    AuditReport report = audited.get();
    List<String> lines = new ArrayList<>();
    for (Violation violation : report.violations()) {
      lines.add(violation.toString());
    }
    lines.add(
        "release %s: %,d rows, %s, %,d violations"
            .formatted(
                report.release(),
                report.rows(),
                String.join(", ", report.checks()),
                report.violations().size()));
    int exitCode = report.clean() ? 0 : ErrorCode.INTEGRITY.exitCode();
    return new Report(json(report.clean(), audited), lines, exitCode);
  }

  private static Object json(boolean clean, Optional<AuditReport> report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("clean", clean);
    json.put("audit", report.map(Shapes::of).orElse(null));
    return json;
  }
}
