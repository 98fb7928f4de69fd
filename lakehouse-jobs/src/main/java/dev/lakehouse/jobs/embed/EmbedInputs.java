// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.embed;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.lake.Family;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * What of the passed assets an encoder embeds: {@code input_sha256, text, blob, blob_uri,
 * size_bytes}, each content once.
 */
public enum EmbedInputs {
  /** The inline text of text assets. */
  TEXTS(passed -> own(passed.where("modality = 'text' AND text IS NOT NULL"))),
  /** The pixels of images. */
  IMAGES(passed -> own(passed.where("modality = 'image'"))),
  /** The captions of images. */
  CAPTIONS(EmbedInputs::captions);

  private final UnaryOperator<Dataset<Row>> select;

  EmbedInputs(UnaryOperator<Dataset<Row>> select) {
    this.select = select;
  }

  /**
   * What a tower of a family embeds. A clip model's text tower sees captions alone: they are
   * compared with their own image.
   */
  public static Set<EmbedInputs> of(EncoderSpec encoder) {
    if (encoder.tower().equals(Tower.IMAGE)) {
      return Set.of(IMAGES);
    }
    return encoder.family().equals(Family.CLIP) ? Set.of(CAPTIONS) : Set.of(TEXTS, CAPTIONS);
  }

  /**
   * The inputs of several kinds, each content once.
   *
   * @param kinds at least one
   * @param passed rows of {@link Tables#FILTERED}
   */
  public static Dataset<Row> of(Set<EmbedInputs> kinds, Dataset<Row> passed) {
    Column nth =
        row_number()
            .over(Window.partitionBy("input_sha256").orderBy(col("blob_uri").asc_nulls_first()));
    return kinds.stream()
        .sorted()
        .map(kind -> kind.select.apply(passed))
        .reduce(Dataset::unionByName)
        .orElseThrow(() -> new IllegalArgumentException("No kind of input was named"))
        .withColumn("nth", nth)
        .where("nth = 1")
        .drop("nth");
  }

  private static Dataset<Row> own(Dataset<Row> passed) {
    return passed.select(
        col("sha256").as("input_sha256"),
        col("text"),
        col("blob"),
        col("blob_uri"),
        col("size_bytes"));
  }

  private static Dataset<Row> captions(Dataset<Row> passed) {
    return passed
        .select(explode(col("captions")).as("caption"))
        .select(
            col("caption.sha256").as("input_sha256"),
            col("caption.text"),
            lit(null).cast("string").as("blob"),
            lit(null).cast("string").as("blob_uri"),
            lit(null).cast("bigint").as("size_bytes"));
  }
}
