// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.jobs.content.Segments;
import dev.lakehouse.jobs.curate.JudgedView;
import dev.lakehouse.jobs.curate.MeasureStage;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.content.VerifyPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/**
 * The bytes behind every published row are those that its digest names, and the figures that the
 * judgement read are those that measuring them again, by the same means, gives.
 *
 * @param audited the release
 * @param contents reads bytes back
 * @param stage measures them again, as settings have it now
 * @param sample which contents
 */
record ContentAudit(AuditedRelease audited, Contents contents, MeasureStage stage, Sample sample)
    implements AuditCheck {
  private static final int TASKS_PER_CORE = 4; // contents differ in what reading them takes
  private static final Set<String> OF_THE_MOMENT = Set.of("attempts", "run");

  @Override
  public String name() {
    return "contents";
  }

  @Override
  public List<Violation> violations() {
    Dataset<Row> passed = sample.of(audited.filtered(), "sha256");
    Dataset<Row> verified =
        Segments.of(passed, SegmentRole.OWN, SegmentRole.KEYFRAME)
            .select(
                Segments.of("input_sha256").as("sha256"),
                Segments.of("text"),
                Segments.of("blob"),
                Segments.of("blob_uri"))
            .distinct()
            .repartition(tasks(), col("sha256"))
            .mapPartitions(new VerifyPartition(contents), Encoders.row(VerifyPartition.SCHEMA));
    try (KeptRows damaged = KeptRows.of(verified)) {
      List<Violation> violations = new ArrayList<>(damaged(damaged.rows()));
      violations.addAll(measured(passed, damaged.rows()));
      return violations;
    }
  }

  private int tasks() {
    return audited.tables().spark().sparkContext().defaultParallelism() * TASKS_PER_CORE;
  }

  private static List<Violation> damaged(Dataset<Row> damaged) {
    return damaged.orderBy("sha256").limit(RowDifference.NAMED).collectAsList().stream()
        .map(
            row ->
                new Violation(
                    "content",
                    "sha256 " + row.getString(0),
                    "bytes of that digest",
                    row.getString(1),
                    Violation.REPAIR))
        .toList();
  }

  private List<Violation> measured(Dataset<Row> passed, Dataset<Row> damaged) {
    MeasureStage judged = stage.by(audited.probes());
    Dataset<Row> measured =
        judged
            .apply(
                judged
                    .inputs(passed)
                    .where(not(col("probe").isInCollection(notAtHand())))
                    .join(damaged, SparkColumns.using("sha256"), "left_anti")
                    .repartition(tasks(), col("sha256")))
            .where(MeasureStage.SAYS_SOMETHING_OF_THE_CONTENT);
    try (KeptRows again = KeptRows.of(measured)) {
      return differences(again.rows()).stream()
          .map(
              row ->
                  new Violation(
                      "measurements",
                      "measurements " + row.key(),
                      row.expected(),
                      row.found(),
                      Violation.REPAIR))
          .toList();
    }
  }

  /**
   * The probes of the judgement whose detector the settings do not name: nothing here can measure
   * as they did.
   */
  private List<String> notAtHand() {
    List<String> known = new ArrayList<>();
    Stream.of(stage.probes(), Kinds.PROBES)
        .flatMap(probes -> probes.all().stream())
        .forEach(probe -> known.add(probe.name()));
    return audited.probes().all().stream()
        .map(Probe::name)
        .filter(name -> !known.contains(name))
        .toList();
  }

  @Override
  public List<String> remarks() {
    return notAtHand().stream()
        .map(
            probe ->
                "release %d was judged by figures of %s, whose detector %s does not name: these were"
                        .formatted(audited.release().sequence(), probe, Setting.SPEECH_BUNDLE.key())
                    + " not measured again. Name it to have them audited")
        .toList();
  }

  /** Figures of probes before cannot be measured again: only theirs may be missing. */
  private List<RowDifference.Found> differences(Dataset<Row> again) {
    Seq<String> key = SparkColumns.using("sha256", "probe");
    Dataset<Row> inputs = audited.input(Kinds.MEASUREMENTS);
    Dataset<Row> before =
        new JudgedView(audited.probes()).notYetAnew(inputs).select("sha256", "probe");
    return new RowDifference(Kinds.MEASUREMENTS, OF_THE_MOMENT)
        .between(again.join(before, key, "left_anti"), inputs.join(again, key, "left_semi"));
  }
}
