// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.LakeTable;
import dev.lakehouse.jobs.lake.LakeTables;
import dev.lakehouse.udfs.SparkColumns;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where each item stands: exactly one state, so that the counts over states are what was seen.
 *
 * <p>The first that matches: dead letter, failed, duplicate, review, pending, published.
 *
 * @param tables of the lake
 * @param deadLetters what could not be taken
 * @param release that readers start from
 */
record ItemStates(LakeTables tables, DeadLetters deadLetters, Optional<Release> release) {
  private static final String STATE =
      "CASE WHEN dead_code IS NOT NULL THEN 'dead_letter'"
          + " WHEN verdict_status = 'fail' AND keeper IS NULL THEN 'failed'"
          + " WHEN verdict_status = 'fail' THEN 'duplicate'"
          + " WHEN verdict_status = 'review' THEN 'review'"
          + " WHEN published_id IS NOT NULL AND verdict_status = 'pass' THEN 'published'"
          + " ELSE 'pending' END";

  /** One row for each item: {@code asset_id, source_uri, state, reasons}. */
  Dataset<Row> rows() {
    Dataset<Row> dead =
        deadLetters
            .rows()
            .groupBy("asset_id")
            .agg(
                first("source_uri").as("dead_uri"),
                expr("min_by(error_code, struct(stage, error_code))").as("dead_code"));
    Dataset<Row> assets =
        tables
            .table(Tables.ASSETS)
            .rows()
            .where("state = 'active'")
            .select("asset_id", "source_uri");
    Dataset<Row> verdicts =
        tables
            .table(Tables.VERDICTS)
            .rows()
            .select("asset_id", "verdict_status", "reasons", "keeper");
    Dataset<Row> published =
        published().select(col("asset_id"), col("asset_id").as("published_id"));
    return assets
        .join(dead, SparkColumns.using("asset_id"), "full_outer")
        .join(verdicts, SparkColumns.using("asset_id"), "left")
        .join(published, SparkColumns.using("asset_id"), "left")
        .selectExpr(
            "asset_id",
            "coalesce(source_uri, dead_uri) AS source_uri",
            STATE + " AS state",
            "IF(dead_code IS NULL, coalesce(reasons, array()), array(dead_code)) AS reasons");
  }

  private Dataset<Row> published() {
    LakeTable catalog = tables.table(Tables.CATALOG);
    return catalog.rowsAt(release.map(Release::catalogVersion).orElse(LakeTable.ABSENT));
  }
}
