// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.StringMap;
import dev.lakehouse.core.Table;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which rows of a table say something else than the ones already there. */
public final class RowComparison {
  private final Table table;
  private final Set<String> ignored;

  /**
   * @param ignored columns whose difference alone is no difference
   */
  public RowComparison(Table table, Set<String> ignored) {
    this.table = table;
    this.ignored = Set.copyOf(ignored);
  }

  /** The rows that are new by key, or differ from the existing row of their key. */
  public Dataset<Row> differing(Dataset<Row> rows, Dataset<Row> existing) {
    return rows.as("s")
        .join(existing.as("t"), sameKey().and(same()), "left_anti")
        .select(table.names().stream().map(name -> col("s." + name)).toArray(SPARK_COLUMNS));
  }

  private static final java.util.function.IntFunction<org.apache.spark.sql.Column[]> SPARK_COLUMNS =
      org.apache.spark.sql.Column[]::new;

  /** The rows whose key the other rows have too. */
  public Dataset<Row> known(Dataset<Row> rows, Dataset<Row> existing) {
    return rows.as("s").join(existing.as("t"), sameKey(), "left_semi");
  }

  /** The rows whose key the other rows do not have. */
  public Dataset<Row> vanished(Dataset<Row> existing, Dataset<Row> rows) {
    return existing.as("t").join(rows.as("s"), sameKey(), "left_anti");
  }

  /** That {@code s} and {@code t} have the same key. */
  public org.apache.spark.sql.Column sameKey() {
    return table.key().stream()
        .map(part -> col("s." + part).equalTo(col("t." + part)))
        .reduce(lit(true), org.apache.spark.sql.Column::and);
  }

  /** That {@code s} and {@code t} say the same. */
  public org.apache.spark.sql.Column same() {
    return table.columns().stream()
        .filter(column -> !ignored.contains(column.name()))
        .map(column -> value("s", column).eqNullSafe(value("t", column)))
        .reduce(lit(true), org.apache.spark.sql.Column::and);
  }

  private static org.apache.spark.sql.Column value(String side, Column column) {
    org.apache.spark.sql.Column value = col(side + "." + column.name());
    // maps cannot be compared, their sorted entries can
    return column.type() instanceof StringMap ? array_sort(map_entries(value)) : value;
  }
}
