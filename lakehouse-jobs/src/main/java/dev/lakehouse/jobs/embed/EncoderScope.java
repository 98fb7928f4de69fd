// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.embed;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.jobs.content.Segments;
import dev.lakehouse.udfs.embed.EmbedPartition;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * What of the passed assets an encoder embeds.
 *
 * @param modality that its tower takes
 * @param roles of the parts that it embeds, perhaps none
 */
public record EncoderScope(String modality, Set<SegmentRole> roles) {

  public EncoderScope {
    roles = Set.copyOf(roles);
  }

  /**
   * The inputs, each content once: rows of {@link EmbedPartition#INPUT}.
   *
   * @param passed rows of {@link Tables#FILTERED}
   */
  public Dataset<Row> of(Dataset<Row> passed) {
    Column nth =
        row_number()
            .over(Window.partitionBy("input_sha256").orderBy(col("blob_uri").asc_nulls_first()));
    return Segments.of(passed, roles.toArray(SegmentRole[]::new))
        .where(Segments.of("modality").equalTo(modality))
        .select(
            Segments.of("input_sha256"),
            Segments.of("text"),
            Segments.of("blob"),
            Segments.of("blob_uri"),
            Segments.of("size_bytes"))
        .withColumn("nth", nth)
        .where("nth = 1")
        .drop("nth");
  }
}
