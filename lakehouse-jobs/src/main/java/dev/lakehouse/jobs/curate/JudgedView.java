// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.curate.Judged;
import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.jobs.content.Segments;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Builds the view of {@link Judged}: assets with their measurements and those of their captions,
 * passages and keyframes.
 */
public final class JudgedView {
  private final Probes probes;
  private final Judged judged;
  private final StructType schema;

  /** The view over figures of these probes. */
  public JudgedView(Probes probes) {
    this.probes = probes;
    this.judged = probes.judged();
    this.schema = SparkColumns.schema(judged.view());
  }

  /**
   * The view.
   *
   * @param assets rows of {@link Tables#ASSETS} with their pieces, if they have any; those that are
   *     gone are left out
   * @param measurements rows of {@link Probes#measurements}
   */
  public Dataset<Row> of(Dataset<Row> assets, Dataset<Row> measurements) {
    Dataset<Row> active = assets.where("state = 'active'");
    Dataset<Row> figures =
        newest(measurements)
            .withColumnRenamed("sha256", "m_sha256")
            .drop("run")
            .withColumn("measured", lit(true));
    Column sameContent =
        col("sha256")
            .equalTo(col("m_sha256"))
            .and(col("probe").equalTo(probeOf(probes, "modality")));
    Dataset<Row> view =
        active
            .drop("captions", Segments.PASSAGES, Segments.KEYFRAMES, "state")
            .join(figures, sameContent, "left")
            .drop("m_sha256", "probe")
            .withColumn("measured", coalesce(col("measured"), lit(false)))
            .join(new Parts(active, figures, SegmentRole.CAPTION).as("captions"), "asset_id");
    return withPieces(view, active, figures).select(columns()).to(schema);
  }

  private Dataset<Row> withPieces(Dataset<Row> view, Dataset<Row> active, Dataset<Row> figures) {
    Dataset<Row> with = view;
    for (SegmentRole role : List.of(SegmentRole.PASSAGE, SegmentRole.KEYFRAME)) {
      String name = role.word() + "s";
      with =
          List.of(active.columns()).contains(name)
              ? with.join(new Parts(active, figures, role).as(name), "asset_id")
              : with.withColumn(name, expr("array()").cast(schema.apply(name).dataType()));
    }
    return with;
  }

  /**
   * Measurements by the probes of now; where a content has none yet, that of a probe before. So
   * nothing that was published goes because a new version measures it later.
   */
  private Dataset<Row> newest(Dataset<Row> measurements) {
    return measurements
        .where(col("probe").isin(probes.all().stream().map(Probe::name).toArray()))
        .unionByName(notYetAnew(measurements));
  }

  /** Those by probes before whose content has none by the probes of now, whose names they get. */
  public Dataset<Row> notYetAnew(Dataset<Row> measurements) {
    Column now = expr("element_at(%s, probe)".formatted(sqlMap(probes.before())));
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
  public static Column probeOf(Probes probes, String modality) {
    return expr(
        probes.all().stream()
            .map(probe -> "WHEN '%s' THEN '%s'".formatted(probe.modality(), probe.name()))
            .collect(Collectors.joining(" ", "CASE " + modality + " ", " END")));
  }

  private Column[] columns() {
    return judged.view().names().stream().map(name -> col(name)).toArray(Column[]::new);
  }

  /** The parts of assets that have a role, each with its figures. */
  private final class Parts {
    private final Dataset<Row> active;
    private final Dataset<Row> figures;
    private final SegmentRole role;
    private final Probe probe;
    private final List<Column> fields = new ArrayList<>();

    Parts(Dataset<Row> active, Dataset<Row> figures, SegmentRole role) {
      boolean pictures = role == SegmentRole.KEYFRAME;
      this.active = active;
      this.figures = figures;
      this.role = role;
      this.probe = pictures ? probes.ofPictures() : probes.ofCaptions();
      (pictures ? judged.keyframe() : judged.caption())
          .forEach(column -> fields.add(col(column.name())));
    }

    /** One row for each asset: its parts in order, as a column of the view. */
    Dataset<Row> as(String name) {
      DataType type = schema.apply(name).dataType();
      return active
          .select("asset_id")
          .join(measured(), SparkColumns.using("asset_id"), "left")
          .select(
              col("asset_id"),
              coalesce(transform(col("positioned"), this::withoutPosition), expr("array()"))
                  .cast(type)
                  .as(name));
    }

    private Dataset<Row> measured() {
      List<Column> positioned = new ArrayList<>(fields);
      positioned.add(0, col("pos"));
      Dataset<Row> own = figures.where(col("probe").equalTo(probe.name()));
      return Segments.of(active, role)
          .select(
              col("asset_id"),
              Segments.of("position").as("pos"),
              Segments.of("segment"),
              Segments.of("text"),
              Segments.of("input_sha256").as("sha256"))
          .join(own, col("sha256").equalTo(col("m_sha256")), "left")
          .withColumn("measured", coalesce(col("measured"), lit(false)))
          .groupBy("asset_id")
          .agg(
              array_sort(collect_list(struct(positioned.toArray(Column[]::new)))).as("positioned"));
    }

    private Column withoutPosition(Column positioned) {
      return struct(
          fields.stream()
              .map(Column::toString)
              .map(field -> positioned.getField(field).as(field))
              .toArray(Column[]::new));
    }
  }
}
