// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;

/** Columns of Spark as columns of Arrow, and back. */
final class BatchColumns {
  private static final String ZONE = "UTC"; // of timestamps, which are instants in both

  private BatchColumns() {}

  /**
   * What a function sees of these columns.
   *
   * @throws LakehouseException if Arrow has no such type
   */
  static Schema arrow(StructType columns) {
    List<Field> fields = new ArrayList<>();
    for (StructField column : columns.fields()) {
      try {
        fields.add(
            ArrowUtils.toArrowField(
                column.name(), column.dataType(), column.nullable(), ZONE, false));
      } catch (RuntimeException e) {
        throw LakehouseException.because(
            e,
            ErrorCode.CONFIG_INVALID,
            "Cannot hand column '%s' to a function: its type %s has no counterpart in Arrow. Leave"
                + " it out of the columns, or cast it first",
            column.name(),
            column.dataType().catalogString());
      }
    }
    return new Schema(fields);
  }

  /**
   * The declared columns as columns of Spark. What is inside of lists, structs and maps counts as
   * nullable; only of whole columns it is checked.
   *
   * @param function that declares them, for messages
   * @throws LakehouseException if Spark cannot hold one of them
   */
  static StructType spark(String function, Schema declared) {
    List<StructField> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Field field : declared.getFields()) {
      if (field.getName() == null
          || field.getName().isBlank()
          || !names.add(field.getName().toLowerCase(Locale.ROOT))) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Function %s declares column '%s' without a name or twice: %s. Give each column of its"
                + " output a name of its own, apart from upper and lower case",
            function,
            field.getName(),
            declared);
      }
      columns.add(
          new StructField(
              field.getName(), type(function, field), field.isNullable(), Metadata.empty()));
    }
    if (columns.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Function %s declares no columns: its output must have at least one",
          function);
    }
    return new StructType(columns.toArray(StructField[]::new));
  }

  private static DataType type(String function, Field field) {
    try {
      if (field.getDictionary() != null) {
        throw new UnsupportedOperationException("dictionary-encoded");
      }
      return allNullable(ArrowUtils.fromArrowField(field));
    } catch (Exception e) { // Spark throws checked ones that no signature tells of
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Function %s declares column '%s' as %s, which Spark cannot hold. It holds Bool, signed"
              + " Int, FloatingPoint (single, double), Decimal, Utf8, Binary, Date(DAY),"
              + " Timestamp(MICROSECOND), List, Struct and Map of these",
          function,
          field.getName(),
          field);
    }
  }

  private static DataType allNullable(DataType type) {
    if (type instanceof ArrayType array) {
      return DataTypes.createArrayType(allNullable(array.elementType()), true);
    }
    if (type instanceof MapType map) {
      return DataTypes.createMapType(
          allNullable(map.keyType()), allNullable(map.valueType()), true);
    }
    if (type instanceof StructType struct) {
      StructField[] fields = struct.fields().clone();
      for (int i = 0; i < fields.length; i++) {
        fields[i] =
            new StructField(
                fields[i].name(), allNullable(fields[i].dataType()), true, Metadata.empty());
      }
      return new StructType(fields);
    }
    return type;
  }

  /** A schema as it was written by {@link Schema#toJson}. */
  static Schema parse(String json) {
    try {
      return Schema.fromJSON(json);
    } catch (IOException e) {
      throw new IllegalStateException("Not the schema that was sent: " + json, e);
    }
  }
}
