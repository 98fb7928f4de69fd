// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static java.util.Objects.requireNonNull;

/**
 * A column of a table, declared once and mapped once each to Spark, Arrow and SQL.
 *
 * @param name lower case with underscores
 * @param type its type
 * @param nullable whether a row may leave it empty
 * @param meaning one sentence for people; becomes the column's comment
 */
public record Column(String name, ColumnType type, boolean nullable, String meaning) {

  public Column {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(meaning, "meaning is null");
  }

  /** A column that every row fills. */
  public static Column required(String name, ColumnType type, String meaning) {
    return new Column(name, type, false, meaning);
  }

  /** A column that a row may leave empty. */
  public static Column optional(String name, ColumnType type, String meaning) {
    return new Column(name, type, true, meaning);
  }

  /** The column as SQL declares it. */
  public String ddl() {
    return "%s %s%s COMMENT '%s'"
        .formatted(name, type.ddl(), nullable ? "" : " NOT NULL", meaning.replace("'", "\\'"));
  }
}
