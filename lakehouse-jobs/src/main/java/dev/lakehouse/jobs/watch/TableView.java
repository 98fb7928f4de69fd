// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.search.Filter;
import dev.lakehouse.jobs.lake.LakeTable;
import dev.lakehouse.jobs.lake.LakeTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Shows rows of the tables of a lake. */
public final class TableView {
  private static final Map<String, String> WITH_NULLS = Map.of("ignoreNullFields", "false");

  private static final List<Table> ALL =
      Stream.concat(Tables.ALL.stream(), Stream.of(RunRows.TABLE)).toList();

  private final LakeTables tables;
  private final DeadLetters deadLetters;
  private final RunLog runs;

  /**
   * @param tables of the lake
   * @param deadLetters as users see them: of all stages
   * @param runs of the lake
   */
  public TableView(LakeTables tables, DeadLetters deadLetters, RunLog runs) {
    this.tables = tables;
    this.deadLetters = deadLetters;
    this.runs = runs;
  }

  /**
   * Reads a page.
   *
   * @param name of the table
   * @param where a condition in the grammar of {@link Filter}
   * @param columns to show; all where empty
   * @param limit rows at most
   * @throws LakehouseException if there is no such table or column, or the condition is no
   *     condition
   */
  public TablePage read(String name, Optional<String> where, List<String> columns, int limit) {
    Table table = table(name);
    Optional<String> condition = where.map(text -> Filter.parse(text, table.columns()).toSpark());
    Column[] shown = columns(table, columns.isEmpty() ? table.names() : columns);
    Column[] key = columns(table, table.key());
    Dataset<Row> rows = condition.map(rows(table)::where).orElseGet(() -> rows(table));
    List<Map<String, Object>> page =
        rows
            .orderBy(key)
            .limit(limit)
            .select(to_json(struct(shown), WITH_NULLS))
            .as(Encoders.STRING())
            .collectAsList()
            .stream()
            .map(TableView::parsed)
            .toList();
    return new TablePage(name, version(table), rows.count(), page);
  }

  /**
   * Rows of a table as they are now, with its key.
   *
   * @param name of the table
   * @param where a condition in the grammar of {@link Filter}
   * @throws LakehouseException if there is no such table, or the condition is no condition
   */
  public Rows rows(String name, Optional<String> where) {
    Table table = table(name);
    Optional<String> condition = where.map(text -> Filter.parse(text, table.columns()).toSpark());
    long version = version(table);
    Dataset<Row> rows =
        version == LakeTable.ABSENT ? rows(table) : tables.table(table).rowsAt(version);
    return new Rows(condition.map(rows::where).orElse(rows), version, table.key());
  }

  /**
   * Rows of a table.
   *
   * @param version that they are of; {@link LakeTable#ABSENT} where there are no versions
   * @param key the columns that tell rows apart
   */
  public record Rows(Dataset<Row> rows, long version, List<String> key) {}

  private long version(Table table) {
    return table.equals(RunRows.TABLE) ? LakeTable.ABSENT : tables.table(table).version();
  }

  private Dataset<Row> rows(Table table) {
    if (table.equals(RunRows.TABLE)) {
      return new RunRows(runs).rows(tables.spark());
    }
    return table.equals(Tables.DEAD_LETTERS) ? deadLetters.rows() : tables.table(table).rows();
  }

  private static Table table(String name) {
    return ALL.stream()
        .filter(table -> table.name().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.CONFIG_INVALID,
                    "There is no table '%s'%s; there are %s",
                    name,
                    meant(name, ALL.stream().map(Table::name).toList()),
                    ALL.stream().map(Table::name).collect(Collectors.joining(", "))));
  }

  private static Column[] columns(Table table, List<String> names) {
    for (String name : names) {
      if (!table.names().contains(name)) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Table %s has no column '%s'%s; it has %s",
            table.name(),
            name,
            meant(name, table.names()),
            String.join(", ", table.names()));
      }
    }
    return names.stream().map(name -> col(name)).toArray(Column[]::new);
  }

  private static String meant(String word, List<String> known) {
    return Similar.near(word, known).map(" (did you mean %s?)"::formatted).orElse("");
  }

  private static Map<String, Object> parsed(String row) {
    try {
      return Json.mapper().readValue(row, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Spark wrote JSON that cannot be read: " + row, e);
    }
  }
}
