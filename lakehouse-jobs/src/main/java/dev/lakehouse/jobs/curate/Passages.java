// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.content.Segments;
import dev.lakehouse.udfs.SparkColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * Assets with the passages that they are found by: those of their own content and, of a recording,
 * those of its transcript.
 *
 * <p>A transcript is a text of the same source that stands beside a recording under the same name
 * ({@code talk.srt}, {@code talk.en.vtt}, {@code talk.mp3.txt}), a line of one that tells of many
 * ({@code 84-121.trans.txt}, as LibriSpeech has it: the name of a recording of its folder, and what
 * is said), or what the source says of the recording as the fact {@code transcript}.
 */
final class Passages {
  static final DataType TYPE =
      SparkColumns.schema(Tables.FILTERED).apply(Segments.PASSAGES).dataType();

  private static final String TRANSCRIPT = "transcript";
  private static final String EXTENSION = "[.][^./]*$";
  private static final String TRANSCRIPTS = "(?i)([.][a-z]{2,3})?[.](srt|vtt|txt)$";
  private static final String OF_MANY = "(?i)[.]trans[.]txt$";
  private static final String LINE = "^\\s*(\\S+)\\s+(\\S.*?)\\s*$"; // a name, and what is said

  private Passages() {}

  /**
   * The assets with a column {@link Segments#PASSAGES}; NULL where there are none.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @param all of them, in which transcripts are looked for
   * @param derived rows of {@link Tables#DERIVED}
   */
  static Dataset<Row> of(Dataset<Row> assets, Dataset<Row> all, Dataset<Row> derived) {
    Dataset<Row> texts = derived.where("text IS NOT NULL");
    Dataset<Row> passages =
        own(assets, texts)
            .unionByName(transcribed(assets, all, texts))
            .unionByName(listed(assets, all))
            .unionByName(told(assets))
            .groupBy(col("asset_id"))
            .agg(array_sort(collect_set(col("passage"))).as("positioned"))
            .select(
                col("asset_id"),
                transform(col("positioned"), Passages::passage).cast(TYPE).as(Segments.PASSAGES));
    return assets.join(passages, SparkColumns.using("asset_id"), "left");
  }

  private static Dataset<Row> own(Dataset<Row> assets, Dataset<Row> texts) {
    Column order = struct(lit("").as("beside"), col("position").as("position"));
    return assets
        .select("asset_id", "sha256")
        .join(texts, SparkColumns.using("sha256"), "inner")
        .select(
            col("asset_id"), positioned(order, col("segment"), col("text"), col("text_sha256")));
  }

  /** Recordings with the passages of a transcript, or with the whole of one that has none. */
  private static Dataset<Row> transcribed(
      Dataset<Row> assets, Dataset<Row> all, Dataset<Row> texts) {
    Dataset<Row> parts =
        texts.select(
            col("sha256").as("t_sha256"),
            col("position"),
            col("segment"),
            col("text").as("part"),
            col("text_sha256"));
    Column segment =
        when(col("segment").isNull(), lit(TRANSCRIPT))
            .when(col("segment").startsWith("time/"), col("segment"))
            .otherwise(concat(lit(TRANSCRIPT + "/"), col("segment")));
    Column order =
        struct(col("t_key").as("beside"), coalesce(col("position"), lit(0)).as("position"));
    return recordings(assets)
        .join(transcripts(all), SparkColumns.using("source", "beside"), "inner")
        .join(parts, SparkColumns.using("t_sha256"), "left")
        .select(
            col("asset_id"),
            positioned(
                order,
                segment,
                coalesce(col("part"), col("whole")),
                coalesce(col("text_sha256"), col("t_sha256"))));
  }

  private static Dataset<Row> recordings(Dataset<Row> assets) {
    return assets
        .where("modality IN ('audio', 'video')")
        .selectExpr(
            "asset_id",
            "source",
            "explode(array(key, regexp_replace(key, '%s', ''))) AS beside".formatted(EXTENSION));
  }

  private static Dataset<Row> transcripts(Dataset<Row> all) {
    return texts(all)
        .where(col("key").rlike(TRANSCRIPTS))
        .selectExpr(
            "source",
            "regexp_replace(key, '%s', '') AS beside".formatted(TRANSCRIPTS),
            "key AS t_key",
            "sha256 AS t_sha256",
            "text AS whole");
  }

  private static Dataset<Row> texts(Dataset<Row> all) {
    return all.where("modality = 'text' AND text IS NOT NULL AND content_error IS NULL")
        .where("state = 'active'");
  }

  /** Recordings with their lines of transcripts that tell of many. */
  private static Dataset<Row> listed(Dataset<Row> assets, Dataset<Row> all) {
    Dataset<Row> lines =
        texts(all)
            .where(col("key").rlike(OF_MANY))
            .select(
                col("source"),
                col("key").as("t_key"),
                posexplode(split(col("text"), "\\R")).as(new String[] {"position", "line"}))
            .where(col("line").rlike(LINE))
            .select(
                col("source"),
                concat(
                        regexp_replace(col("t_key"), "[^/]*$", ""),
                        regexp_extract(col("line"), LINE, 1))
                    .as("beside"),
                col("t_key"),
                col("position"),
                regexp_extract(col("line"), LINE, 2).as("said"));
    Column order = struct(col("t_key").as("beside"), col("position"));
    return recordings(assets)
        .join(lines, SparkColumns.using("source", "beside"), "inner")
        .select(
            col("asset_id"),
            positioned(order, lit(TRANSCRIPT), col("said"), sha2(col("said").cast("binary"), 256)));
  }

  private static Dataset<Row> told(Dataset<Row> assets) {
    Column order = struct(lit("").as("beside"), lit(0).as("position"));
    return assets
        .where("modality IN ('audio', 'video') AND facts['%s'] IS NOT NULL".formatted(TRANSCRIPT))
        .withColumn("told", col("facts").getItem(TRANSCRIPT))
        .selectExpr("asset_id", "told", "sha2(told, 256) AS told_sha256")
        .select(
            col("asset_id"), positioned(order, lit(TRANSCRIPT), col("told"), col("told_sha256")));
  }

  private static Column positioned(Column order, Column segment, Column text, Column sha256) {
    return struct(
            order.getField("beside").cast("string").as("beside"),
            order.getField("position").cast("int").as("position"),
            segment.as("segment"),
            text.as("text"),
            sha256.as("sha256"))
        .as("passage");
  }

  private static Column passage(Column positioned) {
    return struct(
        positioned.getField("segment").as("segment"),
        positioned.getField("text").as("text"),
        positioned.getField("sha256").as("sha256"));
  }
}
