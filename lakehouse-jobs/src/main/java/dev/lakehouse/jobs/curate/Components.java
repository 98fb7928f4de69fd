// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.min;

import dev.lakehouse.core.Tables;
import dev.lakehouse.udfs.SparkColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Joins clusters of duplicates that share members, of whatever kinds, so that one asset of all is
 * kept: the connected components of assets and clusters.
 *
 * <p>Every asset takes the smallest label of its clusters, then the label of the asset that its
 * label names, until none changes; a chain of n clusters takes about log n rounds (Shiloach and
 * Vishkin, An O(log n) parallel connectivity algorithm, J. Algorithms 3, 1982).
 */
final class Components {
  private static final String ASSET = "asset_id";

  private Components() {}

  /**
   * The component of each asset that has a duplicate.
   *
   * @param duplicates rows of {@link Tables#DUPLICATES}; within a kind, clusters share no members
   * @return {@code asset_id, component, exact, other}: the component's name, the cluster of equal
   *     content, and the first other kind; the last two may be null
   */
  static Dataset<Row> of(Dataset<Row> duplicates) {
    Dataset<Row> members = duplicates.withColumn("cluster", expr("concat(kind, ' ', cluster_id)"));
    Dataset<Row> labels =
        duplicates.select("kind").distinct().limit(2).collectAsList().size() < 2
            ? members.select(col(ASSET), col("cluster").as("component"))
            : labels(members.select(ASSET, "cluster").localCheckpoint())
                .withColumnRenamed("label", "component");
    Dataset<Row> kinds =
        duplicates
            .groupBy(ASSET)
            .agg(
                expr("min(cluster_id) FILTER (WHERE kind = '%s')".formatted(DedupStage.EXACT))
                    .as("exact"),
                expr("min(kind) FILTER (WHERE kind <> '%s')".formatted(DedupStage.EXACT))
                    .as("other"));
    return labels.join(kinds, SparkColumns.using(ASSET), "inner");
  }

  private static Dataset<Row> labels(Dataset<Row> members) {
    Dataset<Row> labels = members.select(col(ASSET), col(ASSET).as("label")).distinct();
    while (true) {
      Dataset<Row> next = jumped(lowered(members, labels)).localCheckpoint();
      if (isSame(labels, next)) {
        return next;
      }
      labels = next;
    }
  }

  private static boolean isSame(Dataset<Row> labels, Dataset<Row> next) {
    return next.join(
            labels.withColumnRenamed("label", "before"), SparkColumns.using(ASSET), "inner")
        .where("label <> before")
        .isEmpty();
  }

  /** Each asset with the smallest label of its clusters. */
  private static Dataset<Row> lowered(Dataset<Row> members, Dataset<Row> labels) {
    Dataset<Row> lowest =
        members
            .join(labels, SparkColumns.using(ASSET), "inner")
            .groupBy("cluster")
            .agg(min("label").as("low"));
    return members
        .join(lowest, SparkColumns.using("cluster"), "inner")
        .groupBy(ASSET)
        .agg(min("low").as("label"));
  }

  /** Each asset with the label of the asset that its label names. */
  private static Dataset<Row> jumped(Dataset<Row> labels) {
    Dataset<Row> targets = labels.select(col(ASSET).as("label"), col("label").as("further"));
    return labels
        .join(targets, SparkColumns.using("label"), "left")
        .select(
            col(ASSET), least(col("label"), coalesce(col("further"), col("label"))).as("label"));
  }
}
