// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Makes the catalog say what a release says, in one commit that carries the release's id. */
final class CatalogWriter {
  private static final String LEAVES = LakeTable.LEAVES;
  private static final String KNOWN = "known";

  private final LakeTable catalog;
  private final Run run;

  CatalogWriter(LakeTable catalog, Run run) {
    this.catalog = catalog;
    this.run = run;
  }

  /**
   * What was written.
   *
   * @param version of the catalog that is the release
   */
  record Written(long version, long added, long updated, long removed) {
    boolean nothing() {
      return added + updated + removed == 0;
    }
  }

  /** The version that a release made, if it did at or after a version. */
  OptionalLong find(String releaseId, long since) {
    return catalog.versionSince(
        since, note -> note.find("release").filter(releaseId::equals).isPresent());
  }

  /**
   * Merges the rows of a release into the catalog; commits nothing where they are there already.
   *
   * @param wanted rows of the catalog, all of them
   */
  Written write(String releaseId, Dataset<Row> wanted) {
    long before = catalog.version();
    Dataset<Row> changes = changes(wanted, catalog.rowsAt(before));
    changes.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long removed = changes.where(col(LEAVES)).count();
      long updated = changes.where(col(KNOWN)).count() - removed;
      long added = changes.count() - updated - removed;
      if (added + updated + removed == 0) {
        return new Written(before, 0, 0, 0);
      }
      CommitNote note = CommitNote.of(run.id(), "publish").mark("release", releaseId);
      catalog.changeOnce(releaseId, changes.drop(KNOWN), note);
      long version =
          find(releaseId, before)
              .orElseThrow(
                  () -> new IllegalStateException("Merged release has no version: " + releaseId));
      return new Written(version, added, updated, removed);
    } finally {
      changes.unpersist(false);
    }
  }

  /** Rows to write and, by key alone, rows to delete. */
  private static Dataset<Row> changes(Dataset<Row> wanted, Dataset<Row> existing) {
    RowComparison comparison = new RowComparison(Tables.CATALOG, Set.of("judgement_id"));
    Dataset<Row> keys = existing.select(col("asset_id").as("known_id"));
    Dataset<Row> written =
        comparison
            .differing(wanted, existing)
            .join(keys, col("asset_id").equalTo(col("known_id")), "left")
            .withColumn(KNOWN, col("known_id").isNotNull())
            .drop("known_id")
            .withColumn(LEAVES, lit(false));
    Dataset<Row> leaving =
        comparison
            .vanished(existing, wanted)
            .withColumn(KNOWN, lit(true))
            .withColumn(LEAVES, lit(true));
    return written.unionByName(leaving);
  }
}
