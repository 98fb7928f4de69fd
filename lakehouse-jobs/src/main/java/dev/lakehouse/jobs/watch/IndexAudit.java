// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.IndexColumns;
import dev.lakehouse.core.lake.IndexPlace;
import dev.lakehouse.jobs.lake.FamilyEncoder;
import dev.lakehouse.jobs.lake.IndexRows;
import dev.lakehouse.udfs.lake.LanceScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Each index holds a row for each segment of the catalog, with the very vector, and no other. */
record IndexAudit(AuditedRelease audited) implements AuditCheck {

  @Override
  public String name() {
    return "indexes";
  }

  @Override
  public List<Violation> violations() {
    List<Violation> violations = new ArrayList<>();
    for (Family family : audited.release().families()) {
      violations.addAll(violations(family));
    }
    return violations;
  }

  private List<Violation> violations(Family family) {
    SparkSession spark = audited.tables().spark();
    IndexPlace place =
        IndexPlace.of(audited.layout(), family.path(), spark.sessionState().newHadoopConf());
    String where = "index %s version %d".formatted(place, family.lanceVersion());
    Dataset<Row> found;
    try {
      found = LanceScan.rows(spark, place, family.lanceVersion(), IndexColumns.TABLE.names());
    } catch (LakehouseException e) {
      return List.of(
          new Violation(
              "index",
              where,
              "a version that opens",
              String.valueOf(e.getMessage()),
              Violation.REBUILD));
    }
    Dataset<Row> expected =
        new IndexRows(FamilyEncoder.of(family), audited.embeddings()).of(audited.catalog());
    return new RowDifference(IndexColumns.TABLE, Set.of())
        .between(expected, found).stream()
            .map(
                row ->
                    new Violation(
                        "index rows",
                        "%s segment %s".formatted(where, row.key()),
                        row.expected(),
                        row.found(),
                        Violation.REBUILD))
            .toList();
  }
}
