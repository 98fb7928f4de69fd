// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.curate.Judged;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Builds the view of {@link Judged}: assets with their measurements and those of their captions.
 */
public final class JudgedView {
  private static final StructType SCHEMA = SparkColumns.schema(Judged.VIEW);

  private JudgedView() {}

  /**
   * The view.
   *
   * @param assets rows of {@link Tables#ASSETS}; those that are gone are left out
   * @param measurements rows of {@link Tables#MEASUREMENTS}
   */
  public static Dataset<Row> of(Dataset<Row> assets, Dataset<Row> measurements) {
    Dataset<Row> active = assets.where("state = 'active'");
    Dataset<Row> figures =
        newest(measurements)
            .withColumnRenamed("sha256", "m_sha256")
            .drop("run")
            .withColumn("measured", lit(true));
    Column sameContent =
        col("sha256").equalTo(col("m_sha256")).and(col("probe").equalTo(probeOf("modality")));
    return active
        .drop("captions", "state")
        .join(figures, sameContent, "left")
        .drop("m_sha256", "probe")
        .withColumn("measured", coalesce(col("measured"), lit(false)))
        .join(captions(active, figures), "asset_id")
        .select(columns())
        .to(SCHEMA);
  }

  /**
   * Measurements by the probes of now; where a content has none yet, that of a probe before. So
   * nothing that was published goes because a new version measures it later.
   */
  public static Dataset<Row> newest(Dataset<Row> measurements) {
    return measurements
        .where(col("probe").isin(Set.copyOf(Probes.BEFORE.values()).toArray()))
        .unionByName(notYetAnew(measurements));
  }

  /** Those by probes before whose content has none by the probes of now, whose names they get. */
  public static Dataset<Row> notYetAnew(Dataset<Row> measurements) {
    Column now = expr("element_at(%s, probe)".formatted(sqlMap(Probes.BEFORE)));
    Dataset<Row> before = measurements.withColumn("now", now).where("now IS NOT NULL");
    Dataset<Row> known = measurements.select(col("sha256"), col("probe").as("now"));
    return before
        .join(known, SparkColumns.using("sha256", "now"), "left_anti")
        .withColumn("probe", col("now"))
        .drop("now");
  }

  private static String sqlMap(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> "'%s', '%s'".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", ", "map(", ")"));
  }

  /** The probe that measures the content of a modality; null where none does. */
  public static Column probeOf(String modality) {
    return expr(
        "CASE %s WHEN 'image' THEN '%s' WHEN 'text' THEN '%s' END"
            .formatted(modality, Probes.IMAGE, Probes.TEXT));
  }

  private static Column[] columns() {
    return Judged.VIEW.names().stream().map(name -> col(name)).toArray(Column[]::new);
  }

  /** One row for each asset: its captions in order, each with its figures. */
  private static Dataset<Row> captions(Dataset<Row> active, Dataset<Row> figures) {
    List<Column> fields = new ArrayList<>();
    Judged.CAPTION.forEach(column -> fields.add(col(column.name())));
    fields.add(0, col("pos"));
    Dataset<Row> texts = figures.where(col("probe").equalTo(Probes.TEXT));
    Dataset<Row> measured =
        active
            .select(col("asset_id"), posexplode(col("captions")))
            .selectExpr("asset_id", "pos", "col.text AS text", "col.sha256 AS sha256")
            .join(texts, col("sha256").equalTo(col("m_sha256")), "left")
            .withColumn("measured", coalesce(col("measured"), lit(false)))
            .groupBy("asset_id")
            .agg(array_sort(collect_list(struct(fields.toArray(Column[]::new)))).as("positioned"));
    DataType type = SCHEMA.apply("captions").dataType();
    return active
        .select("asset_id")
        .join(measured, SparkColumns.using("asset_id"), "left")
        .select(
            col("asset_id"),
            coalesce(transform(col("positioned"), JudgedView::withoutPosition), expr("array()"))
                .cast(type)
                .as("captions"));
  }

  private static Column withoutPosition(Column positioned) {
    return struct(
        Judged.CAPTION.stream()
            .map(column -> positioned.getField(column.name()).as(column.name()))
            .toArray(Column[]::new));
  }
}
