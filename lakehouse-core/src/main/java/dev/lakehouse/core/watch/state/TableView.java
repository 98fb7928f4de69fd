// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.PlainRow;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.DeltaVersion;
import dev.lakehouse.core.lake.DeltaVersion.Place;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.LakeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows rows of the tables of a lake, without Spark.
 *
 * <p>A table is read twice: its key and what the condition asks for, and then all that is shown of
 * the few rows that are shown. So a page of a large table needs little memory.
 *
 * @param lake that is looked at
 * @param letters that are shown, which takes a look at models
 */
public record TableView(LakeReader lake, Supplier<DeadLetters> letters) {
  private static final List<Table> ALL =
      Stream.concat(LakeSchema.TABLES.stream(), Stream.of(RunReports.TABLE)).toList();

  /**
   * Reads a page.
   *
   * @param name of the table
   * @param where a condition in the grammar of {@link Filter}
   * @param columns to show; all where empty
   * @param limit rows at most
   * @throws LakehouseException if there is no such table or column, the condition is no condition,
   *     or the table is damaged
   */
  public TablePage read(String name, Optional<String> where, List<String> columns, int limit) {
    Table table = table(name, lake);
    Table shown = table.select(columns.isEmpty() ? table.names() : known(table, columns));
    Optional<Filter> filter = where.map(text -> Filter.parse(text, table.columns()));
    if (table.equals(RunReports.TABLE)) {
      return page(shown, table, LakeReader.ABSENT, runs().rows(), filter, limit);
    }
    if (table.equals(Tables.DEAD_LETTERS)) {
      return page(shown, table, lake.version(table), deadLetters().rows(), filter, limit);
    }
    return lake.find(table)
        .map(version -> page(shown, table, version, filter, limit))
        .orElseGet(() -> new TablePage(shown, LakeReader.ABSENT, 0, List.of()));
  }

  /** The runs of the lake. */
  public RunReports runs() {
    return new RunReports(lake.layout().runs(), lake.hadoop());
  }

  /** The dead letters of all stages. */
  public DeadLetters deadLetters() {
    return letters.get();
  }

  private static TablePage page(
      Table shown,
      Table table,
      long version,
      List<Values> rows,
      Optional<Filter> filter,
      int limit) {
    FirstRows<Values> first = new FirstRows<>(table.key(), limit);
    rows.stream()
        .filter(row -> filter.map(each -> each.isMetBy(row)).orElse(true))
        .forEach(row -> first.offer(row, row));
    return new TablePage(shown, version, first.count(), shown(shown, first.inOrder()));
  }

  private static TablePage page(
      Table shown, Table table, DeltaVersion version, Optional<Filter> filter, int limit) {
    List<String> needed =
        Stream.concat(table.key().stream(), filter.map(Filter::columns).orElse(List.of()).stream())
            .distinct()
            .toList();
    FirstRows<Place> first = new FirstRows<>(table.key(), limit);
    version.forEach(
        needed,
        (place, row) -> {
          if (filter.map(each -> each.isMetBy(row)).orElse(true)) {
            first.offer(row, place);
          }
        });
    Map<Place, Values> found = new HashMap<>();
    version.forEach(new TreeSet<>(first.inOrder()), shown.names(), found::put);
    List<Values> rows = new ArrayList<>();
    first.inOrder().forEach(place -> rows.add(found.get(place)));
    return new TablePage(shown, version.version(), first.count(), shown(shown, rows));
  }

  private static List<Map<String, Object>> shown(Table shown, List<Values> rows) {
    return rows.stream().map(row -> PlainRow.of(shown, row)).toList();
  }

  /**
   * A table that can be shown.
   *
   * @throws LakehouseException CONFIG_INVALID if there is none of that name
   */
  public static Table table(String name, LakeReader lake) {
    return ALL.stream()
        .filter(table -> table.name().equals(name))
        .findAny()
        .map(table -> CatalogTable.is(table) ? lake.catalog() : table)
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.CONFIG_INVALID,
                    "There is no table '%s'. Did you mean %s? There are %s",
                    name,
                    Similar.to(name, ALL.stream().map(Table::name).toList()),
                    ALL.stream().map(Table::name).collect(Collectors.joining(", "))));
  }

  private static List<String> known(Table table, List<String> names) {
    List<String> distinct = names.stream().distinct().toList();
    for (String name : distinct) {
      if (table.columns().stream().map(Column::name).noneMatch(name::equals)) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Table %s has no column '%s'. Did you mean %s? It has %s",
            table.name(),
            name,
            Similar.to(name, table.names()),
            String.join(", ", table.names()));
      }
    }
    return distinct;
  }
}
