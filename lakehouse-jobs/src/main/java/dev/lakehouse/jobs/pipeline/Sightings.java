// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.content.IngestPartition;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * In which state files were read, so that an ingest reads only those that changed.
 *
 * <p>A sighting counts for the asset as one run left it: {@code asset_run} must be the asset's
 * {@code last_run}. So it says nothing of an asset that another run, or a repair, changed since.
 */
final class Sightings {
  private static final String MARK = IngestPartition.MARK;

  private final LakeTables tables;
  private final LakeTable table;

  Sightings(LakeTables tables) {
    this.tables = tables;
    this.table = tables.table(Tables.SIGHTINGS);
  }

  /** Whether any file was ever seen. */
  boolean exist() {
    return table.exists();
  }

  /**
   * Items with the marks of their assets, null for what must be read: what is not there, is gone,
   * or could not be taken the last time.
   */
  Dataset<Row> marked(Dataset<Row> items, String source) {
    Dataset<Row> assets =
        tables
            .table(Tables.ASSETS)
            .rows()
            .where(col("source").equalTo(source).and(col("state").equalTo("active")))
            .select("asset_id", "key", "last_run");
    Dataset<Row> marks =
        assets
            .as("a")
            .join(
                table.rows().as("m"),
                col("a.asset_id")
                    .equalTo(col("m.asset_id"))
                    .and(col("a.last_run").equalTo(col("m.asset_run"))))
            .select("key", MARK);
    LakeTable letters = tables.table(Tables.DEAD_LETTERS);
    if (letters.exists()) {
      Dataset<Row> refused = letters.rows().where(col("source").equalTo(source)).select("key");
      marks = marks.join(refused, SparkColumns.using("key"), "left_anti");
    }
    return items.join(marks, SparkColumns.using("key"), "left");
  }

  /**
   * Notes what was read; after the assets were committed.
   *
   * @param outcomes of the ingest
   * @param existing the assets before it
   * @param changed ids of those that it changed or added
   */
  void note(Dataset<Row> outcomes, Dataset<Row> existing, Dataset<Row> changed, CommitNote note) {
    Dataset<Row> seen =
        outcomes
            .where(col(MARK).isNotNull())
            .groupBy(col("asset.asset_id").as("asset_id"))
            .agg(count(lit(1)).as("times"), first(MARK).as(MARK))
            .where("times = 1"); // of two under one id nobody knows which one it became
    Dataset<Row> before = existing.select(col("asset_id"), col("last_run").as("run_before"));
    Dataset<Row> now = changed.select(col("asset_id"), lit(note.run()).as("run_now"));
    Dataset<Row> rows =
        seen.join(before, SparkColumns.using("asset_id"), "left")
            .join(now, SparkColumns.using("asset_id"), "left")
            .select(
                col("asset_id"),
                coalesce(col("run_now"), col("run_before")).as("asset_run"),
                col(MARK));
    Dataset<Row> other =
        rows.join(table.rows(), SparkColumns.using("asset_id", "asset_run", MARK), "left_anti");
    if (!other.isEmpty()) {
      table.upsert(other, note);
    }
  }
}
