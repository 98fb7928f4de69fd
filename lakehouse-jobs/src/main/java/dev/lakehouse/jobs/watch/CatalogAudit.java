// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.Table;
import dev.lakehouse.jobs.lake.delta.CatalogConstraints;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.release.CatalogGuard;
import dev.lakehouse.jobs.lake.release.CatalogRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The catalog is what passed, with the vectors that were computed for it, under its constraints.
 */
record CatalogAudit(AuditedRelease audited) implements AuditCheck {

  @Override
  public String name() {
    return "catalog";
  }

  @Override
  public List<Violation> violations() {
    List<Violation> violations = new ArrayList<>();
    constraints(violations);
    rows(violations);
    count(violations);
    return violations;
  }

  private void constraints(List<Violation> violations) {
    LakeTable catalog = audited.tables().catalog();
    for (String wrong : CatalogConstraints.differences(catalog)) {
      violations.add(
          new Violation(
              "constraints", catalog.uri(), "the constraint as created", wrong, Violation.REBUILD));
    }
    String expected = CatalogConstraints.expectedDigest(audited.familiesOfTheCatalog());
    if (!expected.equals(audited.release().constraintsDigest())) {
      violations.add(
          new Violation(
              "constraints",
              "release " + audited.release().id(),
              "constraints digest " + expected,
              audited.release().constraintsDigest(),
              Violation.REBUILD));
    }
  }

  private void count(List<Violation> violations) {
    long found = audited.catalog().count();
    if (found != audited.release().published()) {
      violations.add(
          new Violation(
              "release",
              "release " + audited.release().id(),
              "%d rows in its version %d of the catalog"
                  .formatted(audited.release().published(), audited.release().catalogVersion()),
              "%d rows".formatted(found),
              Violation.REBUILD));
    }
  }

  private void rows(List<Violation> violations) {
    String where = audited.tables().catalog().uri();
    Table table = audited.catalogTable();
    Dataset<Row> wanted =
        new CatalogRows(audited.filtered(), audited.embeddings(), audited.families(), table)
            .rows()
            .where(col(CatalogRows.FATE).equalTo(CatalogRows.PUBLISH))
            .drop(CatalogRows.FATE);
    RowDifference difference = new RowDifference(table, Set.of("judgement_id"));
    for (RowDifference.Found row : difference.between(wanted, audited.catalog())) {
      violations.add(
          new Violation(
              "catalog rows",
              "%s asset %s".formatted(where, row.key()),
              row.expected(),
              row.found(),
              Violation.REBUILD));
    }
    CatalogGuard.violations(audited.catalog(), audited.filtered(), audited.families())
        .limit(RowDifference.NAMED)
        .collectAsList()
        .forEach(
            row ->
                violations.add(
                    new Violation(
                        "catalog rows",
                        "%s asset %s".formatted(where, row.getString(0)),
                        "a row fit to publish",
                        row.getString(1),
                        Violation.REBUILD)));
  }
}
