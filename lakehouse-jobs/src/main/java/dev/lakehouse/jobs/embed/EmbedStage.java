// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.embed;

import dev.lakehouse.core.Tables;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.embed.EmbedPartition;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Embeds inputs with one encoder. */
public final class EmbedStage {
  private final EmbedPartition encode;

  /**
   * A stage for one encoder.
   *
   * @param encode the executor half: which encoder, where content is, how many at once
   */
  public EmbedStage(EmbedPartition encode) {
    this.encode = encode;
  }

  /**
   * One outcome for each input.
   *
   * @param inputs as {@link EmbedInputs} gives them
   * @return rows of {@link Tables#EMBEDDINGS}
   */
  public Dataset<Row> apply(Dataset<Row> inputs) {
    return inputs.mapPartitions(encode, Encoders.row(SparkColumns.schema(Tables.EMBEDDINGS)));
  }
}
