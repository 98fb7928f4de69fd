// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nobody but the lakehouse wrote to the tables behind a release, or to Delta's lists of files. */
record CommitsAudit(AuditedRelease audited) implements AuditCheck {
  /** What makes those tables anew that can be made anew. */
  private static final Map<Table, String> REMEDIES =
      Map.of(
          CatalogTable.FIRST, Violation.REBUILD,
          Tables.DUPLICATES, Violation.DEDUP,
          Tables.VERDICTS, Violation.JUDGE,
          Tables.FILTERED, Violation.JUDGE);

  @Override
  public String name() {
    return "commits";
  }

  @Override
  public List<Violation> violations() {
    List<Violation> violations = new ArrayList<>();
    for (Table table : LakeSchema.TABLES) {
      LakeTable checked = audited.tables().table(table);
      for (long version : checked.history().foreignVersions()) {
        violations.add(
            new Violation(
                "commits",
                "%s version %d".formatted(checked.uri(), version),
                "a commit of the lakehouse",
                "a commit of somebody else",
                remedy(table)));
      }
      for (long version : checked.falselyListedVersions()) {
        String file = "_delta_log/%020d.crc".formatted(version);
        violations.add(
            new Violation(
                "commits",
                "%s/%s".formatted(checked.uri(), file),
                "the files that the log adds up to",
                "other files",
                "remove " + file + ", then run the audit again"));
      }
    }
    return violations;
  }

  private static String remedy(Table table) {
    return REMEDIES.getOrDefault(table, Violation.REPAIR);
  }
}
