// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.curate.DedupStage;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.RowComparison;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Brings the clusters of duplicates up to date. */
public final class DedupStep {
  private static final String NAME = "dedup";

  private final LakeContext context;

  public DedupStep(LakeContext context) {
    this.context = context;
  }

  /**
   * What there is of duplicates.
   *
   * @param clusters groups of equal content
   * @param members assets in them
   */
  public record Result(long clusters, long members) {}

  /**
   * Finds duplicates; commits nothing where they are the same as before.
   *
   * @param scope {@link Scope#ALL} to look although nothing changed
   */
  public Result run(Scope scope) {
    LakeTable duplicates = context.table(Tables.DUPLICATES);
    Map<String, Long> inputs = context.versions(Tables.ASSETS);
    boolean ours = duplicates.history().foreignVersions().isEmpty();
    boolean done =
        duplicates
            .history()
            .lastComplete(NAME)
            .filter(note -> note.inputs().equals(inputs))
            .isPresent();
    if (scope == Scope.ALL || !ours || !done) {
      replace(duplicates, inputs, ours);
    }
    Row counts = duplicates.rows().selectExpr("count(DISTINCT cluster_id)", "count(*)").head();
    return new Result(counts.getLong(0), counts.getLong(1));
  }

  private void replace(LakeTable duplicates, Map<String, Long> inputs, boolean ours) {
    try (KeptRows kept =
        KeptRows.of(new DedupStage().apply(context.rowsAt(Tables.ASSETS, inputs)))) {
      Dataset<Row> found = kept.rows();
      RowComparison comparison = new RowComparison(Tables.DUPLICATES, Set.of());
      Dataset<Row> before = duplicates.rows();
      boolean changed =
          !ours
              || !comparison.differing(found, before).isEmpty()
              || !comparison.vanished(before, found).isEmpty();
      if (changed) {
        duplicates.replace(found, CommitNote.of(context.run().id(), NAME).from(inputs));
      }
    }
  }
}
