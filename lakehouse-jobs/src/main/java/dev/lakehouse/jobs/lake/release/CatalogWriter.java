// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.jobs.lake.delta.CommitLog;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.RowComparison;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes the catalog say what a release says, in one commit that carries the release's id. */
final class CatalogWriter {
  private static final Column CHANGE = col(RowComparison.CHANGE);

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

  /** What a release wrote, if it did at or after a version. */
  Optional<Written> find(String releaseId, long since) {
    OptionalLong version =
        catalog
            .history()
            .versionSince(
                since, note -> note.find("release").filter(releaseId::equals).isPresent());
    return version.isPresent()
        ? catalog.commitLog().read(version.getAsLong()).map(CatalogWriter::described)
        : Optional.empty();
  }

  private static Written described(CommitLog.Commit commit) {
    return new Written(
        commit.version(),
        commit.metrics().getOrDefault("numTargetRowsInserted", 0L),
        commit.metrics().getOrDefault("numTargetRowsUpdated", 0L),
        commit.metrics().getOrDefault("numTargetRowsDeleted", 0L));
  }

  /**
   * Merges the rows of a release into the catalog; commits nothing where they are there already.
   *
   * @param wanted rows of the catalog, all of them
   */
  Written write(String releaseId, Dataset<Row> wanted) {
    long before = catalog.version();
    RowComparison comparison = new RowComparison(catalog.table(), Set.of("judgement_id"));
    try (KeptRows changes = KeptRows.of(comparison.changes(wanted, catalog.rowsAt(before)))) {
      Map<String, Long> counts = counts(changes.rows());
      if (counts.isEmpty()) {
        return new Written(before, 0, 0, 0);
      }
      CommitNote note = CommitNote.of(run.id(), "publish").mark("release", releaseId);
      catalog.changeOnce(
          releaseId,
          changes
              .rows()
              .withColumn(LakeTable.LEAVES, CHANGE.equalTo(RowComparison.REMOVED))
              .drop(RowComparison.CHANGE),
          counts,
          note);
    }
    return find(releaseId, before)
        .orElseThrow(
            () -> new IllegalStateException("Merged release has no version: " + releaseId));
  }

  private static Map<String, Long> counts(Dataset<Row> changes) {
    Map<String, Long> counts = new HashMap<>();
    changes
        .groupBy(CHANGE)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }
}
