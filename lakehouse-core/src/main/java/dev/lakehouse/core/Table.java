// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table of the lake: its name, its columns in order, and the columns that identify a row.
 *
 * @param name also the folder below the tables root
 * @param columns in the order that rows are laid out
 * @param key names of the columns that are unique together
 */
public record Table(String name, List<Column> columns, List<String> key) {

  public Table {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    Map<String, Column> byName = new HashMap<>();
    for (Column column : columns) {
      if (byName.put(column.name(), column) != null) {
        throw new IllegalArgumentException(
            "Table %s declares column %s twice".formatted(name, column.name()));
      }
    }
    for (String part : key) {
      if (!byName.containsKey(part)) {
        throw new IllegalArgumentException("Table %s has no key column %s".formatted(name, part));
      }
    }
  }

  /**
   * The same with some of its columns, in the order in which they are named.
   *
   * @throws IllegalArgumentException if the table has no such column
   */
  public Table select(List<String> names) {
    return new Table(
        name,
        names.stream().map(column -> columns.get(indexOf(column))).toList(),
        key.stream().filter(names::contains).toList());
  }

  /** Names of all columns, in order. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * Position of a column.
   *
   * @throws IllegalArgumentException if the table has no such column
   */
  public int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "Table %s has no column %s (found %s)".formatted(name, column, names()));
  }

  /** The columns as SQL declares them; {@code StructType.fromDDL} reads the same text. */
  public String ddl() {
    return columns.stream().map(Column::ddl).collect(Collectors.joining(", "));
  }
}
