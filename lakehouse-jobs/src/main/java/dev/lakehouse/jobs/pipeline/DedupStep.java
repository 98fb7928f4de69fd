// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.not;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.curate.DedupStage;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.RowComparison;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/** Brings the clusters of duplicates up to date. */
public final class DedupStep {
  private static final String NAME = "dedup";
  private static final String MEMBERS = "count(asset_id)";
  private static final String CLUSTERS = "count(DISTINCT cluster_id)";

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
  public record Result(long clusters, long members) {
    private static Result of(Row counts) {
      return new Result(counts.getLong(1), counts.getLong(0));
    }
  }

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
    return scope == Scope.ALL || !ours || !done
        ? replace(duplicates, inputs, ours)
        : Result.of(duplicates.rows().selectExpr(MEMBERS, CLUSTERS).head());
  }

  private Result replace(LakeTable duplicates, Map<String, Long> inputs, boolean ours) {
    try (KeptRows kept =
        KeptRows.of(new DedupStage().apply(context.rowsAt(Tables.ASSETS, inputs)))) {
      RowComparison comparison = new RowComparison(Tables.DUPLICATES, Set.of());
      Row counts =
          kept.rows()
              .as("s")
              .join(duplicates.rows().as("t"), comparison.sameKey(), "full_outer")
              .withColumn("differs", not(comparison.same()))
              .selectExpr("s.asset_id", "s.cluster_id", "differs")
              .selectExpr(MEMBERS, CLUSTERS, "count_if(differs)")
              .head();
      if (!ours || counts.getLong(2) > 0) {
        duplicates.replace(kept.rows(), CommitNote.of(context.run().id(), NAME).from(inputs));
      }
      return Result.of(counts);
    }
  }
}
