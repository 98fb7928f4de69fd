// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.StringMap;
import dev.lakehouse.core.Table;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which rows of a table say something else than the ones already there. */
public final class RowComparison {
  /** The column that says what became of a row. */
  public static final String CHANGE = "change";

  public static final String ADDED = "added";
  public static final String UPDATED = "updated";
  public static final String REMOVED = "removed";

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

  /**
   * The rows that are new by key or say something else, and those that exist under no key of
   * theirs: the columns of the table, and {@link #CHANGE}, one of {@link #ADDED}, {@link #UPDATED}
   * and {@link #REMOVED}. One join.
   */
  public Dataset<Row> changes(Dataset<Row> rows, Dataset<Row> existing) {
    String key = table.key().get(0);
    org.apache.spark.sql.Column change =
        when(col("s." + key).isNull(), REMOVED)
            .when(col("t." + key).isNull(), ADDED)
            .when(not(same()), UPDATED);
    return rows.as("s")
        .join(existing.as("t"), sameKey(), "full_outer")
        .withColumn(CHANGE, change)
        .where(col(CHANGE).isNotNull())
        .select(
            Stream.concat(table.names().stream().map(RowComparison::said), Stream.of(col(CHANGE)))
                .toArray(SPARK_COLUMNS));
  }

  private static org.apache.spark.sql.Column said(String name) {
    return when(col(CHANGE).equalTo(REMOVED), col("t." + name))
        .otherwise(col("s." + name))
        .as(name);
  }

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
