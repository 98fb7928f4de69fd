// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.udfs.content.JoinPartition;
import dev.lakehouse.udfs.content.JoinPartition.Pass;
import dev.lakehouse.udfs.content.SourceItemColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Makes one item of the parts of one, however far apart they stand in the source. */
final class JoinStage {

  private JoinStage() {}

  /** Items, one for each picture or key; in and out rows of {@link SourceItemColumns}. */
  static Dataset<Row> apply(Dataset<Row> items) {
    Column[] place = {col("place_number"), col("place_word")};
    Dataset<Row> settled =
        pass(
            Pass.SETTLE,
            items
                .repartition(col("key"))
                .sortWithinPartitions(
                    col("key"), col("refused_code").isNotNull(), place[0], place[1]));
    Column thing = coalesce(col("file_uri"), col("url"), concat(lit("#"), col("key")));
    return pass(
        Pass.JOIN, settled.repartition(thing).sortWithinPartitions(thing, place[0], place[1]));
  }

  private static Dataset<Row> pass(Pass pass, Dataset<Row> sorted) {
    return sorted.mapPartitions(new JoinPartition(pass), Encoders.row(SourceItemColumns.schema()));
  }
}
