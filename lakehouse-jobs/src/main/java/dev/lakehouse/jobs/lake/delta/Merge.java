// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.lakehouse.core.Table;
import io.delta.tables.DeltaMergeBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * What becomes of rows {@code t} of a table and rows {@code s} that come, by key. A row of either
 * that no clause speaks of stays as it is, or out.
 *
 * @param leaves which rows go, of those whose key comes
 * @param changes which rows change, of the others whose key comes
 * @param enters which rows are added, of those whose key is not there
 * @param values of a row that changes, by column; it keeps the others
 */
record Merge(
    Optional<Column> leaves,
    Optional<Column> changes,
    Optional<Column> enters,
    Map<String, Column> values) {

  Merge {
    values = Map.copyOf(values);
  }

  /**
   * What a merge comes to, as its commit is to say.
   *
   * @param once the application id under which it is done at most once
   * @param rows how many, by Delta's names for them; empty where nobody asks
   */
  record Tally(Optional<String> once, Map<String, Long> rows) {
    static final Tally UNTOLD = new Tally(Optional.empty(), Map.of());

    Tally {
      rows = Map.copyOf(rows);
    }

    /**
     * Of a merge that is done once.
     *
     * @param rows how many, by {@link RowComparison#CHANGE}
     */
    static Tally of(String applicationId, Map<String, Long> rows) {
      return new Tally(
          Optional.of(applicationId),
          Map.of(
              "numTargetRowsInserted", rows.getOrDefault(RowComparison.ADDED, 0L),
              "numTargetRowsUpdated", rows.getOrDefault(RowComparison.UPDATED, 0L),
              "numTargetRowsDeleted", rows.getOrDefault(RowComparison.REMOVED, 0L)));
    }
  }

  private static Map<String, Column> incoming(Table table) {
    Map<String, Column> values = new HashMap<>();
    table.names().forEach(name -> values.put(name, col("s." + name)));
    return values;
  }

  /** New keys are added, the others left alone. */
  static Merge insert() {
    return new Merge(Optional.empty(), Optional.empty(), Optional.of(lit(true)), Map.of());
  }

  /** New keys are added, and rows of known ones replaced. */
  static Merge upsert(Table table) {
    return new Merge(
        Optional.empty(), Optional.of(lit(true)), Optional.of(lit(true)), incoming(table));
  }

  /** The same for those rows only that fit. */
  Merge changing(Column rows) {
    return new Merge(leaves, Optional.of(rows), enters, values);
  }

  /** The same, with another value in a column. */
  Merge with(String column, Column value) {
    Map<String, Column> with = new HashMap<>(values);
    with.put(column, value);
    return new Merge(leaves, changes, enters, with);
  }

  /** The same, with some columns as they are. */
  Merge keeping(Iterable<String> columns) {
    Map<String, Column> without = new HashMap<>(values);
    columns.forEach(without::remove);
    return new Merge(leaves, changes, enters, without);
  }

  /** Rows are written or, where they say so in a column, deleted. */
  static Merge change(Table table, String leaves) {
    Column leave = col("s." + leaves);
    return new Merge(
        Optional.of(leave), Optional.of(lit(true)), Optional.of(not(leave)), incoming(table));
  }

  /** Whether rows that are there stay as they are. */
  boolean addsOnly() {
    return leaves.isEmpty() && changes.isEmpty();
  }

  /** The same as a statement of Delta, for a table of any size. */
  DeltaMergeBuilder of(DeltaMergeBuilder rows, Table table) {
    DeltaMergeBuilder merge = rows;
    if (leaves.isPresent()) {
      merge = merge.whenMatched(leaves.get()).delete();
    }
    if (changes.isPresent()) {
      merge = merge.whenMatched(changes.get()).update(values);
    }
    return enters.isPresent() ? merge.whenNotMatched(enters.get()).insert(incoming(table)) : merge;
  }
}
