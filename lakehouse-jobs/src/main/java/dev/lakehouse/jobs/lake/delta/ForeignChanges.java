// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.Table;
import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.udfs.SparkColumns;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What somebody else did to the rows of a table, and how to undo it without what we did since.
 *
 * <p>Only tables whose rows cannot be computed again need this; the others are written anew.
 */
public final class ForeignChanges {
  private static final String STAGE = "repair";

  private final LakeTable table;
  private final List<Long> versions;
  private final RowComparison comparison;

  private ForeignChanges(LakeTable table, List<Long> versions) {
    this.table = table;
    this.versions = versions;
    this.comparison = new RowComparison(table.table(), Set.of());
  }

  /** Those of a table as it is now. */
  public static ForeignChanges in(LakeTable table) {
    return new ForeignChanges(table, table.history().foreignVersions());
  }

  /** Whether a note tells of a repair, after which nothing counts as done. */
  static boolean areUndoneBy(CommitNote note) {
    return note.stage().equals(STAGE);
  }

  /** The versions that were not made by us; empty where nobody meddled. */
  public List<Long> versions() {
    return versions;
  }

  /** How many rows undoing would change, add or remove. */
  public long rows() {
    Dataset<Row> ours = without();
    Dataset<Row> now = found(table.version());
    return comparison.differing(ours, now).count() + comparison.vanished(now, ours).count();
  }

  /** Writes the table as it would be without them, in one commit. */
  public void undo(Run run) {
    table.restore(without(), CommitNote.of(run.id(), STAGE));
  }

  /** The rows before the first foreign commit, and what our commits since did to them. */
  private Dataset<Row> without() {
    Dataset<Row> rows = table.rowsAt(versions.get(0) - 1);
    for (long version = versions.get(0) + 1; version <= table.version(); version++) {
      if (!versions.contains(version)) {
        rows = withCommit(rows, found(version - 1), found(version));
      }
    }
    return rows;
  }

  /** The rows of a version, as far as somebody else left us our columns. */
  private Dataset<Row> found(long version) {
    Dataset<Row> rows = table.rowsAt(version);
    boolean ours = List.of(rows.columns()).containsAll(table.table().names());
    return ours ? rows : table.rowsAt(LakeTable.ABSENT);
  }

  private Dataset<Row> withCommit(Dataset<Row> rows, Dataset<Row> before, Dataset<Row> after) {
    Dataset<Row> written = comparison.differing(after, before);
    Dataset<Row> touched = key(written).union(key(comparison.vanished(before, after)));
    String[] key = table.table().key().toArray(String[]::new);
    return rows.join(touched, SparkColumns.using(key), "left_anti").unionByName(written);
  }

  private Dataset<Row> key(Dataset<Row> rows) {
    Table schema = table.table();
    return rows.select(schema.key().stream().map(part -> col(part)).toArray(Column[]::new));
  }
}
