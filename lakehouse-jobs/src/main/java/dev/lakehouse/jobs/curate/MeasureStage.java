// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.jobs.content.Segments;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.curate.MeasurePartition;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Measures content: each blob and each text once for each probe, whoever refers to it. */
public final class MeasureStage {
  /** Which outcomes are the same whenever, and under whatever limits, a content is measured. */
  public static final String SAYS_SOMETHING_OF_THE_CONTENT =
      "error_class IS NULL OR error_class = '%s'".formatted(ItemError.Cause.INPUT.word());

  private final Probes probes;
  private final Contents contents;
  private final Limits limits;
  private final Duration perItem;
  private final String run;

  /**
   * @param probes that measure
   * @param contents where blobs are read
   * @param limits on what is decoded
   * @param perItem how long one item may take
   * @param run that measures, for the rows
   */
  public MeasureStage(
      Probes probes, Contents contents, Limits limits, Duration perItem, String run) {
    this.probes = probes;
    this.contents = contents;
    this.limits = limits;
    this.perItem = perItem;
    this.run = run;
  }

  /**
   * What assets have to be measured, each content once.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @return {@code sha256, probe, text, blob, blob_uri}
   */
  public Dataset<Row> inputs(Dataset<Row> assets) {
    return oneForEachContent(
        Segments.of(assets.where("state = 'active'"))
            .where(
                Segments.of("role")
                    .notEqual(SegmentRole.OWN.word())
                    .or(col("content_error").isNull()))
            .withColumn("probe", JudgedView.probeOf(probes, Segments.PART + ".modality"))
            .where("probe IS NOT NULL")
            .select(
                Segments.of("input_sha256").as("sha256"),
                col("probe"),
                Segments.of("text"),
                Segments.of("blob"),
                Segments.of("blob_uri")));
  }

  /**
   * What assets and their pieces have to be measured, each content once.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @param all of them, in which transcripts are looked for
   * @param derived rows of {@link Tables#DERIVED}
   * @return as {@link #inputs(Dataset)} does
   */
  public Dataset<Row> inputs(Dataset<Row> assets, Dataset<Row> all, Dataset<Row> derived) {
    return inputs(Pieces.of(assets, all, derived));
  }

  private static Dataset<Row> oneForEachContent(Dataset<Row> inputs) {
    // several places may hold the same bytes; a copy in the store comes before a reference
    Column nth =
        row_number()
            .over(
                Window.partitionBy("sha256", "probe")
                    .orderBy(col("blob_uri").asc_nulls_first(), col("text").asc_nulls_last()));
    return inputs.withColumn("nth", nth).where("nth = 1").drop("nth");
  }

  /** The same by other probes; where this one has one of their names, by its own. */
  public MeasureStage by(Probes others) {
    List<Probe> chosen =
        others.all().stream().map(probe -> probes.find(probe.name()).orElse(probe)).toList();
    return new MeasureStage(new Probes(chosen), contents, limits, perItem, run);
  }

  /** What measures. */
  public Probes probes() {
    return probes;
  }

  /**
   * One outcome for each input.
   *
   * @param inputs as {@link #inputs} gives them
   * @return rows of {@link Probes#measurements}
   */
  public Dataset<Row> apply(Dataset<Row> inputs) {
    return inputs.mapPartitions(
        new MeasurePartition(probes, contents, limits, perItem, run),
        Encoders.row(SparkColumns.schema(probes.measurements())));
  }
}
