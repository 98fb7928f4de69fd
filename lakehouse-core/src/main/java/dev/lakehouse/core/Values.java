// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link Table}, filled by column name.
 *
 * <p>Values are plain: {@code String}, {@code Integer}, {@code Long}, {@code Float}, {@code
 * Double}, {@code Boolean}, {@code java.sql.Timestamp}, {@code byte[]}; {@code java.util.List} for
 * arrays, {@code float[]} for arrays of FLOAT, {@code Map} for maps and {@code Object[]} for
 * structs. So a row can cross a stage boundary without a class of a library in it.
 */
public final class Values {
  private final Table table;
  private final @Nullable Object[] row;

  private Values(Table table) {
    this.table = table;
    this.row = new Object[table.columns().size()];
  }

  /** An empty row. */
  public static Values of(Table table) {
    return new Values(table);
  }

  /** Sets a column; null leaves it empty. */
  public Values set(String column, @Nullable Object value) {
    row[table.indexOf(column)] = value;
    return this;
  }

  /** Whether its table has a column of this name. */
  public boolean hasColumn(String column) {
    return table.names().contains(column);
  }

  /** The value of a column, if it has one. */
  public Optional<Object> find(String column) {
    return Optional.ofNullable(row[table.indexOf(column)]);
  }

  /** The value of a column as text, if it has one. */
  public Optional<String> text(String column) {
    return find(column).map(Object::toString);
  }

  /**
   * The value of a column that must have one.
   *
   * @throws IllegalStateException if it has none, or one of another type
   */
  public <T> T require(String column, Class<T> type) {
    Object value = row[table.indexOf(column)];
    if (!type.isInstance(value)) {
      throw new IllegalStateException(
          "Row of %s has %s in column %s, not a %s"
              .formatted(table.name(), value, column, type.getSimpleName()));
    }
    return type.cast(value);
  }

  /**
   * The values in the order of the table's columns.
   *
   * @throws IllegalStateException if a required column is empty
   */
  public @Nullable Object[] toArray() {
    for (int i = 0; i < row.length; i++) {
      Column column = table.columns().get(i);
      if (row[i] == null && !column.nullable()) {
        throw new IllegalStateException(
            "Row of %s lacks its required column %s".formatted(table.name(), column.name()));
      }
    }
    return row.clone();
  }
}
