// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.curate.DedupStage;
import java.util.List;
import java.util.Set;

/** The duplicates that the judgement read are those of the assets that it read. */
record DuplicatesAudit(AuditedRelease audited) implements AuditCheck {

  @Override
  public String name() {
    return "duplicates";
  }

  @Override
  public List<Violation> violations() {
    return new RowDifference(Tables.DUPLICATES, Set.of())
            .between(
                new DedupStage().apply(audited.input(Tables.ASSETS)),
                audited.input(Tables.DUPLICATES))
            .stream()
            .map(
                row ->
                    new Violation(
                        "duplicates",
                        "duplicates asset " + row.key(),
                        row.expected(),
                        row.found(),
                        Violation.DEDUP))
            .toList();
  }
}
