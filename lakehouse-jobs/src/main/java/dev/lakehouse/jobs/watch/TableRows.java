// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.watch.state.RunReports;
import dev.lakehouse.core.watch.state.TableView;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.udfs.SparkColumns;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of a table of a lake for jobs of Spark.
 *
 * @param rows the rows
 * @param version that they are of; {@link LakeTable#ABSENT} where there are no versions
 * @param key the columns that tell rows apart
 */
public record TableRows(Dataset<Row> rows, long version, List<String> key) {

  /**
   * Rows of a table as they are now.
   *
   * @param tables of the lake
   * @param view that shows the same to people
   * @param name of the table
   * @param where a condition in the grammar of {@link Filter}
   * @throws LakehouseException if there is no such table, or the condition is no condition
   */
  public static TableRows of(
      LakeTables tables, TableView view, String name, Optional<String> where) {
    Table table = TableView.table(name, view.lake());
    Optional<String> condition = where.map(text -> Filter.parse(text, table.columns()).toSpark());
    boolean hasVersions = !table.equals(RunReports.TABLE);
    long version = hasVersions ? table(tables, table).version() : LakeTable.ABSENT;
    Dataset<Row> rows = rows(tables, view, table, version);
    return new TableRows(condition.map(rows::where).orElse(rows), version, table.key());
  }

  private static Dataset<Row> rows(LakeTables tables, TableView view, Table table, long version) {
    if (table.equals(RunReports.TABLE)) {
      return rows(tables, table, view.runs().rows());
    }
    return table.equals(Tables.DEAD_LETTERS)
        ? rows(tables, table, view.deadLetters().rows())
        : table(tables, table).rowsAt(version);
  }

  private static LakeTable table(LakeTables tables, Table table) {
    return CatalogTable.is(table) ? tables.catalog() : tables.table(table);
  }

  private static Dataset<Row> rows(LakeTables tables, Table table, List<Values> rows) {
    return tables
        .spark()
        .createDataFrame(rows.stream().map(SparkColumns::row).toList(), SparkColumns.schema(table));
  }
}
