// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.RowComparison;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps one dead letter for each item that cannot be taken, and none for one that can. */
final class DeadLetterChanges {
  private static final Set<String> SAYS_NOTHING = Set.of("run");

  private final LakeTable table;

  DeadLetterChanges(LakeTable table) {
    this.table = table;
  }

  /**
   * Writes what changed, in one commit or none.
   *
   * @param letters dead letters, one for each place and key
   * @param assets assets, whose dead letters are settled
   * @param manifest URI of the file that was read to its end: what it no longer has is settled too
   */
  void apply(
      Dataset<Row> letters, Dataset<Row> assets, Optional<String> manifest, CommitNote note) {
    Dataset<Row> existing = table.rows();
    Column sameItem =
        col("t.source_uri").equalTo(col("s.source_uri")).and(col("t.key").equalTo(col("s.key")));
    Dataset<Row> settled = existing.as("t").join(assets.as("s"), sameItem, "left_semi");
    if (manifest.isPresent()) {
      Dataset<Row> places = existing.where(col("source_uri").startsWith(manifest.get() + "#"));
      settled =
          settled
              .unionByName(places.as("t").join(letters.as("s"), sameItem, "left_anti"))
              .distinct();
    }
    Dataset<Row> changes =
        new RowComparison(Tables.DEAD_LETTERS, SAYS_NOTHING)
            .differing(letters, existing)
            .withColumn(LakeTable.LEAVES, lit(false))
            .unionByName(settled.withColumn(LakeTable.LEAVES, lit(true)));
    try (KeptRows kept = KeptRows.of(changes)) {
      if (!kept.rows().isEmpty()) {
        table.change(kept.rows(), note);
      }
    }
  }
}
