// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.copy.IndexCopies;
import dev.lakehouse.core.lake.copy.IndexCopy;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.LanceIndex;
import dev.lakehouse.jobs.lake.release.FamilyEncoder;
import dev.lakehouse.jobs.lake.release.IndexRows;
import dev.lakehouse.udfs.lake.LanceScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
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
      IndexPlace place = IndexPlace.of(audited.layout(), family.path(), hadoop());
      violations.addAll(rows(family, place));
      Optional<IndexCopy> copy = IndexCopy.at(family.path());
      violations.addAll(
          copy.isPresent()
              ? files(copy.get())
              : versions(family, LanceIndex.at(place, family.dim()), place));
    }
    return violations;
  }

  /** Every file of a copy is what its name says; what was fetched before vouches for nothing. */
  private List<Violation> files(IndexCopy copy) {
    IndexCopies copies = IndexCopies.of(audited.layout(), copy.store(), hadoop());
    return copies.damage(copy.name()).stream()
        .map(
            damage ->
                new Violation(
                    "index",
                    "copy " + copies.place(copy.name()),
                    "files with the bytes that their names say",
                    damage,
                    Violation.REBUILD))
        .toList();
  }

  private Configuration hadoop() {
    return audited.tables().spark().sessionState().newHadoopConf();
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
    boolean keepsWords = IndexPlace.isOfNow(family.path(), family.name(), family.encoder());
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
