// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.util.List;
import java.util.stream.Collectors;

/** The type of a column: what Spark, Arrow and SQL each spell in their own way. */
public sealed interface ColumnType {

  /** The type as SQL writes it; Spark's {@code StructType.fromDDL} reads the same text. */
  String ddl();

  /** A type without parts. */
  enum Scalar implements ColumnType {
    STRING,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    BOOLEAN,
    TIMESTAMP,
    BINARY;

    @Override
    public String ddl() {
      return name();
    }
  }

  /** A list of one type. */
  record ArrayOf(ColumnType element) implements ColumnType {
    @Override
    public String ddl() {
      return "ARRAY<" + element.ddl() + ">";
    }
  }

  /** String keys to string values; never a part of an index, where maps are not supported. */
  record StringMap() implements ColumnType {
    @Override
    public String ddl() {
      return "MAP<STRING, STRING>";
    }
  }

  /** Named parts. */
  record StructOf(List<Column> fields) implements ColumnType {
    public StructOf {
      fields = List.copyOf(fields);
    }

    @Override
    public String ddl() {
      return fields.stream()
          .map(field -> field.name() + ": " + field.type().ddl())
          .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }
  }
}
