// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.curate.Judged;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.jobs.content.Segments;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Builds the view of {@link Judged}: assets with their measurements and those of their captions,
 * passages and keyframes.
 */
public final class JudgedView {
  private static final List<SegmentRole> PARTS =
      List.of(SegmentRole.CAPTION, SegmentRole.PASSAGE, SegmentRole.KEYFRAME);
  private static final Seq<String> CONTENT = SparkColumns.using("sha256", "probe");

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
    return active
        .drop("captions", Segments.PASSAGES, Segments.KEYFRAMES, "state")
        .join(measuredParts(active, measurements), SparkColumns.using("asset_id"), "inner")
        .withColumn("measured", coalesce(col("measured"), lit(false))) // each has an own part
        .select(columns(judged.view().names()))
        .to(schema);
  }

  /**
   * The figures of each asset's own content, those of its parts left out.
   *
   * @param assets rows of {@link Tables#ASSETS}; those that are gone are left out
   * @param measurements rows of {@link Probes#measurements}
   * @return {@code asset_id} and {@link Probes#figures}
   */
  public Dataset<Row> ofContents(Dataset<Row> assets, Dataset<Row> measurements) {
    return assets
        .where("state = 'active'")
        .select(col("asset_id"), col("sha256"), probeOf(probes, "modality").as("probe"))
        .join(newest(measurements), CONTENT, "left");
  }

  /** One row for each asset: the figures of its own content, and each of its parts with its own. */
  private Dataset<Row> measuredParts(Dataset<Row> active, Dataset<Row> measurements) {
    Column isPart = Segments.of("role").notEqual(SegmentRole.OWN.word());
    Dataset<Row> parts =
        Segments.of(active)
            .select(
                col("asset_id"),
                Segments.of("role").as("role_of_part"),
                Segments.of("position").as("pos"),
                Segments.of("segment"),
                when(isPart, Segments.of("text")).as("text"), // a whole text may be a book
                Segments.of("input_sha256").as("sha256"),
                probeOf(probes, Segments.PART + ".modality").as("probe"));
    return parts
        .join(newest(measurements), CONTENT, "left")
        .withColumn("measured", col("measured_by").isNotNull())
        .groupBy("asset_id")
        .agg(
            first(having(SegmentRole.OWN, struct(columns(ownFigures()))), true).as("own"),
            inOrder(SegmentRole.CAPTION, judged.caption()),
            inOrder(SegmentRole.PASSAGE, judged.caption()),
            inOrder(SegmentRole.KEYFRAME, judged.keyframe()))
        .select(
            "asset_id",
            Stream.concat(Stream.of("own.*"), PARTS.stream().map(JudgedView::nameOf))
                .toArray(String[]::new));
  }

  /** What the view has beside the facts of an asset and its parts. */
  private List<String> ownFigures() {
    List<String> others = new ArrayList<>(Tables.ASSETS.names());
    PARTS.forEach(role -> others.add(nameOf(role)));
    return judged.view().names().stream().filter(name -> !others.contains(name)).toList();
  }

  /** The parts of a role, in order, as the column of the view. */
  private Column inOrder(SegmentRole role, List<dev.lakehouse.core.Column> fields) {
    List<String> names = fields.stream().map(field -> field.name()).toList();
    Column positioned = struct(col("pos"), struct(columns(names)).as("part"));
    DataType type = schema.apply(nameOf(role)).dataType();
    return transform(
            array_sort(collect_list(having(role, positioned))), part -> part.getField("part"))
        .cast(type)
        .as(nameOf(role));
  }

  private static Column having(SegmentRole role, Column value) {
    return when(col("role_of_part").equalTo(role.word()), value);
  }

  private static String nameOf(SegmentRole role) {
    return role.word() + "s";
  }

  /**
   * The measurements of each content by the probe of now; where it has none yet, those by the
   * newest probe before, under the name of the probe of now. So nothing that was published goes
   * because a new version measures it later.
   *
   * @return rows of {@link Probes#measurements} without {@code run}, and {@code measured_by}
   */
  private Dataset<Row> newest(Dataset<Row> measurements) {
    Column nth =
        row_number()
            .over(
                Window.partitionBy("sha256", "probe")
                    .orderBy(
                        col("measured_by").equalTo(col("probe")).desc(),
                        length(col("measured_by")).desc(), // version 10 is after 9
                        col("measured_by").desc()));
    return measurements
        .drop("run")
        .withColumn("measured_by", col("probe"))
        .withColumn("probe", expr("element_at(%s, probe)".formatted(sqlMap(namesNow()))))
        .where("probe IS NOT NULL")
        .withColumn("nth", nth)
        .where("nth = 1")
        .drop("nth");
  }

  private Map<String, String> namesNow() {
    Map<String, String> now = new TreeMap<>(probes.before());
    probes.all().forEach(probe -> now.put(probe.name(), probe.name()));
    return now;
  }

  /** Those by probes before whose content has none by the probes of now, whose names they get. */
  public Dataset<Row> notYetAnew(Dataset<Row> measurements) {
    return newest(measurements).where("measured_by <> probe").drop("measured_by");
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

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }
}
