// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.ColumnType.StructOf;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The one mapping from the columns of the house to those of Spark. */
public final class SparkColumns {

  private SparkColumns() {}

  /** The schema of a table, with each column's meaning as its comment. */
  public static StructType schema(Table table) {
    return new StructType(
        table.columns().stream().map(SparkColumns::field).toArray(StructField[]::new));
  }

  private static StructField field(Column column) {
    Metadata comment = new MetadataBuilder().putString("comment", column.meaning()).build();
    return new StructField(column.name(), type(column.type()), column.nullable(), comment);
  }

  private static DataType type(ColumnType type) {
    if (type instanceof Scalar scalar) {
      return switch (scalar) {
        case STRING -> DataTypes.StringType;
        case INT -> DataTypes.IntegerType;
        case BIGINT -> DataTypes.LongType;
        case FLOAT -> DataTypes.FloatType;
        case DOUBLE -> DataTypes.DoubleType;
        case BOOLEAN -> DataTypes.BooleanType;
        case TIMESTAMP -> DataTypes.TimestampType;
        case BINARY -> DataTypes.BinaryType;
      };
    }
    if (type instanceof ArrayOf array) {
      return DataTypes.createArrayType(type(array.element()), true);
    }
    if (type instanceof StructOf struct) {
      return new StructType(
          struct.fields().stream()
              .map(
                  field ->
                      new StructField(field.name(), type(field.type()), true, Metadata.empty()))
              .toArray(StructField[]::new));
    }
    return DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true);
  }

  /** A row of the house as a row of Spark. */
  public static Row row(Values values) {
    @Nullable Object[] row = values.toArray();
    for (int i = 0; i < row.length; i++) {
      row[i] = value(row[i]);
    }
    return RowFactory.create(row);
  }

  private static @Nullable Object value(@Nullable Object value) {
    if (value instanceof float[] vector) {
      List<Float> boxed = new ArrayList<>(vector.length);
      for (float element : vector) {
        boxed.add(element);
      }
      return seq(boxed);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>(list.size());
      list.forEach(element -> elements.add(value(element)));
      return seq(elements);
    }
    if (value instanceof Map<?, ?> map) {
      return JavaConverters.mapAsScalaMapConverter(map).asScala();
    }
    if (value instanceof Object[] struct) {
      @Nullable Object[] fields = new Object[struct.length];
      for (int i = 0; i < struct.length; i++) {
        fields[i] = value(struct[i]);
      }
      return RowFactory.create(fields);
    }
    return value;
  }

  /** Column names as Spark's joins take them. */
  public static Seq<String> using(String... columns) {
    return JavaConverters.asScalaBufferConverter(List.of(columns)).asScala().toSeq();
  }

  private static Object seq(List<?> list) {
    return JavaConverters.asScalaBufferConverter(list).asScala().toSeq();
  }
}
