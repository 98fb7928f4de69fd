// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.posexplode;

import dev.lakehouse.core.Tables;
import dev.lakehouse.udfs.SparkColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * The captions of a keeper: its own, then those of the copies that gave way to it, in the order of
 * their sources and keys; the same text once.
 *
 * <p>A caption that came from a copy says so among the facts, {@code caption/3.asset_id}, {@code
 * caption/3.source} and {@code caption/3.key}, under the name that its segment has in an index.
 */
final class UnitedCaptions {
  private static final DataType FACTS =
      SparkColumns.schema(Tables.ASSETS).apply("facts").dataType();

  private static final String ORIGINS =
      "map_from_entries(flatten(transform(gained, (g, i) -> array(%s, %s, %s))))"
          .formatted(origin("asset_id", "copy"), origin("source", "source"), origin("key", "key"));

  private UnitedCaptions() {}

  private static String origin(String fact, String field) {
    return "named_struct('key', concat('caption/', size(captions) + i + 1, '.%s'), 'value', g.%s)"
        .formatted(fact, field);
  }

  /**
   * The assets with the captions of their copies.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @param verdicts rows of {@link Tables#VERDICTS} over the same assets
   */
  static Dataset<Row> of(Dataset<Row> assets, Dataset<Row> verdicts) {
    return assets
        .join(gained(assets, verdicts), col("asset_id").equalTo(col("keeper")), "left")
        .withColumn(
            "gained",
            expr(
                "filter(coalesce(gained, array()),"
                    + " g -> NOT exists(captions, c -> c.sha256 = g.sha256))"))
        .withColumn("origins", expr(ORIGINS).cast(FACTS))
        .withColumn(
            "facts",
            expr(
                "IF(size(gained) = 0, facts, map_concat(map_filter(facts,"
                    + " (k, v) -> NOT array_contains(map_keys(origins), k)), origins))"))
        .withColumn(
            "captions",
            expr(
                "concat(captions, transform(gained,"
                    + " g -> named_struct('text', g.text, 'sha256', g.sha256)))"))
        .drop("keeper", "gained", "origins");
  }

  private static Dataset<Row> gained(Dataset<Row> assets, Dataset<Row> verdicts) {
    Dataset<Row> copies =
        verdicts.where("keeper IS NOT NULL").select(col("asset_id").as("copy"), col("keeper"));
    return assets
        .join(copies, col("asset_id").equalTo(col("copy")), "inner")
        .select(col("keeper"), col("copy"), col("source"), col("key"), posexplode(col("captions")))
        .selectExpr(
            "keeper",
            "col.sha256 AS sha256",
            "struct(source, key, copy, pos, col.text AS text) AS place")
        .groupBy("keeper", "sha256")
        .agg(min("place").as("place")) // the same text once
        .selectExpr(
            "keeper",
            "struct(place.source, place.key, place.copy, place.pos, place.text, sha256)"
                + " AS caption")
        .groupBy("keeper")
        .agg(array_sort(collect_list("caption")).as("gained"));
  }
}
