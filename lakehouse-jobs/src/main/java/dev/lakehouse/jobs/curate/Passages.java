// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.content.Segments;
import dev.lakehouse.udfs.SparkColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** Assets with the passages that were derived from their contents. */
final class Passages {
  private static final DataType TYPE =
      SparkColumns.schema(Tables.FILTERED).apply(Segments.PASSAGES).dataType();

  private Passages() {}

  /**
   * The assets with a column {@link Segments#PASSAGES}; NULL where there are none.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @param derived rows of {@link Tables#DERIVED}
   */
  static Dataset<Row> of(Dataset<Row> assets, Dataset<Row> derived) {
    Dataset<Row> passages =
        texts(derived)
            .groupBy(col("sha256").as("d_sha256"))
            .agg(
                array_sort(
                        collect_list(struct(col("position"), col("segment"), col("text"), hash())))
                    .as("positioned"))
            .select(
                col("d_sha256"),
                transform(col("positioned"), Passages::passage).cast(TYPE).as(Segments.PASSAGES));
    return assets.join(passages, col("sha256").equalTo(col("d_sha256")), "left").drop("d_sha256");
  }

  /** The passages themselves. */
  static Dataset<Row> texts(Dataset<Row> derived) {
    return derived.where("text IS NOT NULL");
  }

  private static Column hash() {
    return col("text_sha256").as("sha256");
  }

  private static Column passage(Column positioned) {
    return struct(
        positioned.getField("segment").as("segment"),
        positioned.getField("text").as("text"),
        positioned.getField("sha256").as("sha256"));
  }
}
