// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.lake.RowComparison;
import dev.lakehouse.udfs.SparkColumns;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The assets that are new or say something else than before.
 *
 * @param persisted the changed rows and why each changed; kept until this is closed
 * @param added how many are new
 * @param updated how many replace a row
 * @param gone how many are no longer offered
 */
record AssetChanges(Dataset<Row> persisted, long added, long updated, long gone)
    implements AutoCloseable {
  private static final String CHANGE = "change";

  /** Columns that say when an asset was first seen; they stay. */
  static final Set<String> FIRST_SIGHT = Set.of("first_run", "first_seen", "trace_id");

  private static final Set<String> SAYS_NOTHING =
      Set.of("first_run", "first_seen", "trace_id", "last_run");

  /**
   * Compares what was ingested with what is there.
   *
   * @param ingested rows of {@code assets}, one for each id
   * @param existing rows of {@code assets}
   * @param vanished those of the existing that are to be marked gone
   */
  static AssetChanges of(Dataset<Row> ingested, Dataset<Row> existing, Dataset<Row> vanished) {
    Dataset<Row> differing =
        new RowComparison(Tables.ASSETS, SAYS_NOTHING).differing(ingested, existing);
    Dataset<Row> changes =
        keepingFirstSight(differing, existing)
            .unionByName(vanished.withColumn("state", lit("gone")).withColumn(CHANGE, lit("gone")))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Map<String, Long> counts = counts(changes);
    return new AssetChanges(
        changes,
        counts.getOrDefault("added", 0L),
        counts.getOrDefault("updated", 0L),
        counts.getOrDefault("gone", 0L));
  }

  private static Map<String, Long> counts(Dataset<Row> changes) {
    return changes.groupBy(CHANGE).count().collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
  }

  private static Dataset<Row> keepingFirstSight(Dataset<Row> rows, Dataset<Row> existing) {
    Dataset<Row> known =
        existing.selectExpr(
            "asset_id",
            "first_run AS known_first_run",
            "first_seen AS known_first_seen",
            "trace_id AS known_trace_id");
    Dataset<Row> joined = rows.join(known, SparkColumns.using("asset_id"), "left");
    for (String column : FIRST_SIGHT) {
      joined = joined.withColumn(column, coalesce(col("known_" + column), col(column)));
    }
    return joined
        .selectExpr("*", "IF(known_first_run IS NULL, 'added', 'updated') AS " + CHANGE)
        .drop("known_first_run", "known_first_seen", "known_trace_id");
  }

  boolean isEmpty() {
    return added + updated + gone == 0;
  }

  /** The rows as they are to be written; what the first sight fixed is kept. */
  Dataset<Row> rows(String run) {
    return persisted.drop(CHANGE).withColumn("last_run", lit(run));
  }

  @Override
  public void close() {
    persisted.unpersist(false);
  }
}
