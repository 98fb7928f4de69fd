// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.derive;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.row_number;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.derive.Derivers;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.derive.DerivePartition;
import java.time.Duration;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Takes pieces out of contents, each content once for each deriver, whoever refers to it. */
public final class DeriveStage {
  private final Derivers derivers;
  private final DerivePartition partition;

  /**
   * @param derivers that read
   * @param contents where blobs are read
   * @param blobs where pictures are kept
   * @param limits on what is decoded
   * @param perItem how long one item may take
   * @param run that derives, for the rows
   */
  public DeriveStage(
      Derivers derivers,
      Contents contents,
      BlobStore blobs,
      Limits limits,
      Duration perItem,
      String run) {
    this.derivers = derivers;
    this.partition = new DerivePartition(derivers, contents, blobs, limits, perItem, run);
  }

  /**
   * What there is to derive from, each content once.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @return {@code sha256, deriver, text, blob, blob_uri}
   */
  public Dataset<Row> inputs(Dataset<Row> assets) {
    Column nth =
        row_number()
            .over(
                Window.partitionBy("sha256", "deriver")
                    .orderBy(col("blob_uri").asc_nulls_first(), col("text").asc_nulls_last()));
    return assets
        .where("state = 'active' AND content_error IS NULL")
        .withColumn("deriver", deriverOf())
        .where("deriver IS NOT NULL")
        .select("sha256", "deriver", "text", "blob", "blob_uri")
        .withColumn("nth", nth)
        .where("nth = 1")
        .drop("nth");
  }

  private Column deriverOf() {
    return expr(
        derivers.all().stream()
            .map(each -> "WHEN '%s' THEN '%s'".formatted(each.modality(), each.name()))
            .collect(Collectors.joining(" ", "CASE modality ", " END")));
  }

  /** What derives. */
  public Derivers derivers() {
    return derivers;
  }

  /**
   * The outcome of each input, and its pieces.
   *
   * @param inputs as {@link #inputs} gives them
   * @return rows of {@link Tables#DERIVED}
   */
  public Dataset<Row> apply(Dataset<Row> inputs) {
    return inputs.mapPartitions(partition, Encoders.row(SparkColumns.schema(Tables.DERIVED)));
  }
}
