// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.udfs.content.IngestPartition;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Reads each item of a source once: an asset, or a dead letter. */
public final class IngestStage {
  private final IngestPlan plan;

  public IngestStage(IngestPlan plan) {
    this.plan = plan;
  }

  /** Outcome rows, one for each item, as {@link IngestPartition} makes them. */
  public Dataset<Row> apply(Dataset<Row> items) {
    return apply(items, IngestPartition.reading(plan));
  }

  /** The same for items with a column of marks, which are not read where they still have theirs. */
  public Dataset<Row> changed(Dataset<Row> items) {
    return apply(items, IngestPartition.readingChanged(plan));
  }

  /** The same for items of the web that went through {@link #knowing}. */
  public Dataset<Row> fetch(Dataset<Row> items) {
    return apply(items, IngestPartition.fetching(plan));
  }

  /**
   * Items with what is known of them, so that what did not change is not fetched again.
   *
   * @param assets rows of {@code assets}
   */
  public static Dataset<Row> knowing(Dataset<Row> items, Dataset<Row> assets) {
    Column[] kept = IngestPartition.known().stream().map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> known =
        assets
            .where("state = 'active' AND facts['http.url'] IS NOT NULL")
            .select(
                col("source").as("known_source"),
                col("key").as("known_key"),
                struct(kept).as(IngestPartition.KNOWN));
    Column same =
        col("source").equalTo(col("known_source")).and(col("key").equalTo(col("known_key")));
    return items.join(known, same, "left").drop("known_source", "known_key");
  }

  private static Dataset<Row> apply(Dataset<Row> items, IngestPartition partition) {
    return items.mapPartitions(partition, Encoders.row(IngestPartition.schema()));
  }

  /** The assets among the outcomes, one for each id. */
  public static Dataset<Row> assets(Dataset<Row> outcomes) {
    return firstOf(
        outcomes.where(col(IngestPartition.ASSET).isNotNull()).select("asset.*"), "asset_id");
  }

  /** The dead letters among the outcomes, one for each place and key. */
  public static Dataset<Row> deadLetters(Dataset<Row> outcomes) {
    return firstOf(
        outcomes.where(col(IngestPartition.DEAD_LETTER).isNotNull()).select("dead_letter.*"),
        "source_uri",
        "key");
  }

  /** One row of each key, the same one whatever the partitioning. */
  private static Dataset<Row> firstOf(Dataset<Row> rows, String... key) {
    Column[] keys = Arrays.stream(key).map(name -> col(name)).toArray(Column[]::new);
    Column total = to_json(struct(col("*")));
    return rows.withColumn("nth", row_number().over(Window.partitionBy(keys).orderBy(total)))
        .where("nth = 1")
        .drop("nth");
  }
}
