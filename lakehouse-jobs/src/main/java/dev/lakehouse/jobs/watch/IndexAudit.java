// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.LanceIndex;
import dev.lakehouse.jobs.lake.release.FamilyEncoder;
import dev.lakehouse.jobs.lake.release.IndexRows;
import dev.lakehouse.udfs.lake.LanceScan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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
      IndexPlace place =
          IndexPlace.of(
              audited.layout(),
              family.path(),
              audited.tables().spark().sessionState().newHadoopConf());
      violations.addAll(rows(family, place));
      violations.addAll(versions(family, LanceIndex.at(place, family.dim()), place));
    }
    return violations;
  }

  /** The release names the version that was tagged for it, and nobody else wrote since. */
  private List<Violation> versions(Family family, LanceIndex index, IndexPlace place) {
    List<Violation> violations = new ArrayList<>();
    OptionalLong tagged = index.version(audited.release().id());
    if (tagged.isEmpty() || tagged.getAsLong() != family.lanceVersion()) {
      violations.add(
          new Violation(
              "release",
              "release %s, index %s".formatted(audited.release().id(), place),
              tagged.isEmpty() ? "a tagged version" : "version " + tagged.getAsLong(),
              "version " + family.lanceVersion(),
              Violation.REBUILD));
    }
    index
        .strangeHead()
        .ifPresent(
            version ->
                violations.add(
                    new Violation(
                        "index",
                        "index %s version %d".formatted(place, version),
                        "rows that a release wrote",
                        "rows that somebody else wrote",
                        Violation.REBUILD)));
    return violations;
  }

  private List<Violation> rows(Family family, IndexPlace place) {
    SparkSession spark = audited.tables().spark();
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
    boolean keepsWords = family.path().equals(IndexPlace.path(family.name(), family.encoder()));
    return new RowDifference(IndexColumns.TABLE, keepsWords ? Set.of() : Set.of(IndexColumns.WORDS))
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
