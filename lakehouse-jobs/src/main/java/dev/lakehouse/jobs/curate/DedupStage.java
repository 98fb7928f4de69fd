// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import dev.lakehouse.udfs.SparkColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Finds assets of equal content; elects nobody, since who is kept depends on who passes.
 *
 * <p>The cluster is named by the digest that its members share.
 */
public final class DedupStage {
  /** The kind of duplicate whose bytes are equal. */
  public static final String EXACT = "exact";

  /** Rows of {@link Tables#DUPLICATES} from rows of {@link Tables#ASSETS}. */
  public Dataset<Row> apply(Dataset<Row> assets) {
    WindowSpec sameContent = Window.partitionBy("modality", "sha256");
    Column size = count(lit(1)).over(sameContent).cast("int");
    return assets
        .where("state = 'active'")
        .select(
            col("asset_id"),
            lit(EXACT).as("kind"),
            col("sha256").as("cluster_id"),
            size.as("cluster_size"),
            concat(lit("sha256 "), col("sha256")).as("evidence"))
        .where("cluster_size > 1")
        .to(SparkColumns.schema(Tables.DUPLICATES));
  }
}
