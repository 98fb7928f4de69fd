// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.StringMap;
import dev.lakehouse.core.Table;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Compares rows that should be with rows that are.
 *
 * @param table whose key pairs them
 * @param ignored columns that may differ
 */
record RowDifference(Table table, Set<String> ignored) {
  /** Rows named of one check; what is beyond is counted. */
  static final int NAMED = 1000;

  private static final String NONE = "none";
  private static final String ONE = "one";
  private static final String ANOTHER = "one too many";

  /** Sorted as the join sorts them, so that looking for copies costs next to nothing. */
  private static final WindowSpec COPIES = Window.partitionBy("f_key").orderBy("f_key");

  /**
   * One row that differs.
   *
   * @param key its key, parts joined by a slash
   * @param expected in words
   * @param found in words
   */
  record Found(String key, String expected, String found) {}

  /** Every difference, at most {@link #NAMED} of them. */
  List<Found> between(Dataset<Row> expected, Dataset<Row> found) {
    Dataset<Row> left = side(expected, "e");
    Dataset<Row> right = side(found, "f").withColumn("copy", row_number().over(COPIES));
    org.apache.spark.sql.Column differing =
        array_compact(
            array(
                table.columns().stream()
                    .filter(column -> !ignored.contains(column.name()))
                    .map(RowDifference::nameWhereDifferent)
                    .toArray(org.apache.spark.sql.Column[]::new)));
    return left
        .join(right, left.col("e_key").equalTo(right.col("f_key")), "full_outer")
        .select(
            concat_ws("", col("e_key"), when(col("e_key").isNull(), col("f_key"))).as("key"),
            when(col("e_key").isNull(), "no such row").otherwise("a row").as("expected"),
            when(col("f_key").isNull(), NONE)
                .when(col("e_key").isNull(), ONE)
                .when(col("copy").gt(1), ANOTHER)
                .otherwise(concat_ws(", ", differing))
                .as("found"))
        .where("found <> ''")
        .orderBy("key")
        .limit(NAMED)
        .collectAsList()
        .stream()
        .map(RowDifference::found)
        .toList();
  }

  private static Found found(Row row) {
    String found = row.getString(2);
    return switch (found) {
      case NONE, ONE -> new Found(row.getString(0), row.getString(1), found);
      case ANOTHER -> new Found(row.getString(0), "one row", "another with the same key");
      default -> new Found(row.getString(0), "the same row", "another " + found);
    };
  }

  private Dataset<Row> side(Dataset<Row> rows, String name) {
    org.apache.spark.sql.Column key =
        concat_ws(
            "/",
            table.key().stream()
                .map(part -> col(part))
                .toArray(org.apache.spark.sql.Column[]::new));
    org.apache.spark.sql.Column values =
        struct(
            table.names().stream()
                .map(column -> col(column))
                .toArray(org.apache.spark.sql.Column[]::new));
    return rows.select(key.as(name + "_key"), values.as(name));
  }

  private static org.apache.spark.sql.Column nameWhereDifferent(Column column) {
    return when(not(value("e", column).eqNullSafe(value("f", column))), lit(column.name()));
  }

  private static org.apache.spark.sql.Column value(String side, Column column) {
    org.apache.spark.sql.Column value = col(side + "." + column.name());
    // maps cannot be compared, their sorted entries can
    return column.type() instanceof StringMap ? array_sort(map_entries(value)) : value;
  }
}
