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

/** Assets with the pictures that films are found by. */
final class Pictures {
  static final DataType TYPE =
      SparkColumns.schema(Tables.FILTERED).apply(Segments.KEYFRAMES).dataType();

  private Pictures() {}

  /**
   * The assets with a column {@link Segments#KEYFRAMES}; NULL where there are none.
   *
   * @param assets rows of {@link Tables#ASSETS}, with other columns
   * @param derived rows of {@link Tables#DERIVED}
   */
  static Dataset<Row> of(Dataset<Row> assets, Dataset<Row> derived) {
    Column picture =
        struct(col("position"), col("segment"), col("blob").as("sha256"), col("size_bytes"));
    Dataset<Row> pictures =
        derived
            .where("blob IS NOT NULL AND name IS NULL")
            .groupBy("sha256")
            .agg(array_sort(collect_list(picture)).as("positioned"))
            .select(
                col("sha256"),
                transform(col("positioned"), Pictures::picture).cast(TYPE).as(Segments.KEYFRAMES));
    return assets.join(pictures, SparkColumns.using("sha256"), "left");
  }

  private static Column picture(Column positioned) {
    return struct(
        positioned.getField("segment").as("segment"),
        positioned.getField("sha256").as("sha256"),
        positioned.getField("size_bytes").as("size_bytes"));
  }
}
