// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.curate.JudgedView;
import dev.lakehouse.jobs.lake.FamilyEncoder;
import dev.lakehouse.jobs.lake.LakeTables;
import dev.lakehouse.jobs.lake.ReleaseFamilies;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Everything that could not be taken, measured or embedded, with the item that it concerns.
 *
 * <p>What ingest could not take is a table; the others are a view over outcome rows, so a retry
 * that succeeds needs no clean-up.
 *
 * @param tables of the lake
 * @param encoders digests of the encoders in use; errors of others concern nobody
 */
public record DeadLetters(LakeTables tables, Set<String> encoders) {
  /** As {@code AssetId} computes it, for items that never became an asset. */
  private static final String ASSET_ID =
      "substring(sha2(concat(source, char(0), key), 256), 1, 32)";

  public DeadLetters {
    encoders = Set.copyOf(encoders);
  }

  /** Those that concern somebody while these families are on. */
  public static DeadLetters of(LakeTables tables, ReleaseFamilies families) {
    return new DeadLetters(
        tables,
        families.on().values().stream().map(FamilyEncoder::encoder).collect(Collectors.toSet()));
  }

  /** Rows of {@link Tables#DEAD_LETTERS}. */
  public Dataset<Row> rows() {
    return ingested().unionByName(measured()).unionByName(embedded());
  }

  private Dataset<Row> ingested() {
    return tables
        .table(Tables.DEAD_LETTERS)
        .rows()
        .withColumn("asset_id", coalesce(col("asset_id"), expr(ASSET_ID)))
        .select(columns());
  }

  private Dataset<Row> measured() {
    Dataset<Row> failed =
        JudgedView.newest(tables.table(Tables.MEASUREMENTS).rows())
            .where("error_code IS NOT NULL")
            .withColumnRenamed("sha256", "input");
    Dataset<Row> active = active();
    Column own = col("sha256").equalTo(col("input"));
    Dataset<Row> contents =
        active.join(failed, own.and(col("probe").equalTo(JudgedView.probeOf("modality"))));
    Dataset<Row> captions =
        active
            .select(col("*"), explode(col("captions.sha256")).as("caption"))
            .join(failed, col("caption").equalTo(col("input")));
    return letters(contents, "measure").unionByName(letters(captions, "measure")).distinct();
  }

  private Dataset<Row> embedded() {
    Dataset<Row> failed =
        tables
            .table(Tables.EMBEDDINGS)
            .rows()
            .where(col("error_code").isNotNull().and(col("encoder").isin(encoders.toArray())));
    Dataset<Row> passed = tables.table(Tables.FILTERED).rows();
    Column own =
        col("sha256").equalTo(col("input_sha256")).and(col("tower").equalTo(col("modality")));
    return letters(passed.join(failed, own), "embed");
  }

  private Dataset<Row> active() {
    return tables.table(Tables.ASSETS).rows().where("state = 'active'");
  }

  private static Dataset<Row> letters(Dataset<Row> rows, String stage) {
    return rows.withColumn("stage", lit(stage)).select(columns());
  }

  private static Column[] columns() {
    return Tables.DEAD_LETTERS.names().stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
