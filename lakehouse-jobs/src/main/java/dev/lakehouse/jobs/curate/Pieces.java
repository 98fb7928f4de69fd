// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.content.Segments;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Assets with the pieces that they are found by: passages of texts, pictures of films. */
public final class Pieces {
  private Pieces() {}

  /**
   * Whether any asset may have pieces; where none has, much of a judgement's work can be left out.
   * Looks into the tables.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @param derived rows of {@link Tables#DERIVED}
   */
  public static boolean mayBeIn(Dataset<Row> assets, Dataset<Row> derived) {
    return !derived.where("text IS NOT NULL").isEmpty()
        || !assets.where("modality IN ('audio', 'video')").isEmpty();
  }

  /** The assets with empty columns in their place. */
  static Dataset<Row> none(Dataset<Row> assets) {
    return assets
        .withColumn(Segments.PASSAGES, lit(null).cast(Passages.TYPE))
        .withColumn(Segments.KEYFRAMES, lit(null).cast(Pictures.TYPE));
  }

  /**
   * The assets with columns {@link Segments#PASSAGES} and {@link Segments#KEYFRAMES}; NULL where
   * there are none.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @param all of them, in which transcripts are looked for
   * @param derived rows of {@link Tables#DERIVED}
   */
  static Dataset<Row> of(Dataset<Row> assets, Dataset<Row> all, Dataset<Row> derived) {
    return Pictures.of(Passages.of(assets, all, derived), derived);
  }
}
