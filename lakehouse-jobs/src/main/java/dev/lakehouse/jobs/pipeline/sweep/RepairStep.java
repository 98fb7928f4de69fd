// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.jobs.curate.MeasureStage;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.ForeignChanges;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.RowComparison;
import dev.lakehouse.jobs.pipeline.LakeContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Mends what cannot be computed from what is left: rows that somebody else wrote, blobs whose bytes
 * changed, figures that are not those of their content.
 *
 * <p>What is computed from these (duplicates, verdicts, catalog, indexes) is no matter of repair:
 * its own command makes it anew.
 */
public final class RepairStep {
  /** Tables whose rows are kept as they came. */
  private static final List<Table> KEPT =
      List.of(
          Tables.ASSETS,
          Tables.SIGHTINGS,
          Tables.DERIVED,
          Kinds.MEASUREMENTS,
          Tables.DECISIONS,
          Tables.EMBEDDINGS,
          Tables.RELEASES,
          Tables.DEAD_LETTERS);

  private static final Set<String> OF_THE_MOMENT = Set.of("attempts", "run");

  private final LakeContext context;
  private final BlobRepairs blobs;
  private final PieceRepairs pieces;
  private final Progress progress;

  public RepairStep(LakeContext context, Progress progress) {
    this.context = context;
    this.blobs = new BlobRepairs(context);
    this.pieces = new PieceRepairs(context);
    this.progress = progress;
  }

  /** Says what is damaged; changes nothing. */
  public List<Repair> find() {
    return run(false);
  }

  /** Mends what is damaged. */
  public List<Repair> apply() {
    return run(true);
  }

  private List<Repair> run(boolean apply) {
    List<Repair> repairs = new ArrayList<>();
    for (Table table : KEPT) {
      table(context.table(table), apply, repairs);
    }
    progress.say("repair: tables looked at, now the blobs");
    Map<String, Repair> damaged = blobs.run(apply);
    damaged.putAll(pieces.run(apply)); // after what they are taken from
    repairs.addAll(damaged.values());
    progress.say("repair: blobs looked at, now the figures");
    damaged.values().removeIf(Repair::mended);
    figures(damaged.keySet(), apply, repairs);
    return repairs;
  }

  private void table(LakeTable table, boolean apply, List<Repair> repairs) {
    ForeignChanges foreign = ForeignChanges.in(table);
    if (foreign.versions().isEmpty()) {
      return;
    }
    String found =
        "somebody else committed versions %s, %,d rows differ"
            .formatted(foreign.versions(), foreign.rows());
    if (apply) {
      foreign.undo(context.run());
    }
    repairs.add(
        new Repair(
            "table " + table.uri(),
            found,
            "write it as it would be without these commits; old versions stay readable",
            apply));
  }

  /** Wrong figures are forgotten, so that they are measured again. */
  private void figures(Set<String> damaged, boolean apply, List<Repair> repairs) {
    LakeTable measurements = context.table(Kinds.MEASUREMENTS);
    MeasureStage stage = context.measureStage();
    Dataset<Row> again =
        stage
            .apply(
                stage
                    .inputs(context.table(Tables.ASSETS).rows())
                    .where(not(col("sha256").isInCollection(damaged))))
            .where(MeasureStage.SAYS_SOMETHING_OF_THE_CONTENT);
    RowComparison comparison = new RowComparison(Kinds.MEASUREMENTS, OF_THE_MOMENT);
    Dataset<Row> recorded = measurements.rows();
    Dataset<Row> differing = comparison.known(comparison.differing(again, recorded), recorded);
    try (KeptRows kept = KeptRows.of(differing)) {
      Dataset<Row> wrong = kept.rows();
      long rows = wrong.count();
      if (rows == 0) {
        return;
      }
      if (apply) {
        measurements.upsert(wrong, CommitNote.of(context.run().id(), "repair"));
      }
      repairs.add(
          new Repair(
              "table " + measurements.uri(),
              "%,d rows are not the figures of their content".formatted(rows),
              "write the figures that measuring again gives",
              apply));
    }
  }
}
