// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.ColumnType.StructOf;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one mapping from the columns of Delta Kernel to those of the house; by name, not by place.
 */
final class KernelColumns {
  private final Table table;
  private final StructType schema;

  /**
   * @param table whose rows they are
   * @param wanted the columns that are asked for
   * @param stored those that the table has
   */
  KernelColumns(Table table, List<String> wanted, StructType stored) {
    this.table = table;
    List<StructField> fields = new ArrayList<>();
    for (Column column : table.select(wanted).columns()) {
      int ordinal = stored.indexOf(column.name());
      if (ordinal >= 0) {
        fields.add(stored.at(ordinal));
      }
    }
    this.schema = new StructType(fields);
  }

  /** The columns that can be read: one that the table lacks stays empty. */
  StructType schema() {
    return schema;
  }

  /** A column that is stored as something else, in words. */
  Optional<String> mismatch() {
    return schema.fields().stream()
        .filter(field -> !fits(field.getDataType(), type(field.getName())))
        .map(
            field ->
                "column %s is %s where %s was expected"
                    .formatted(field.getName(), field.getDataType(), type(field.getName()).ddl()))
        .findFirst();
  }

  private ColumnType type(String column) {
    return table.columns().get(table.indexOf(column)).type();
  }

  private static boolean fits(DataType stored, ColumnType type) {
    if (type instanceof Scalar scalar) {
      return stored.equivalent(
          switch (scalar) {
            case STRING -> StringType.STRING;
            case INT -> IntegerType.INTEGER;
            case BIGINT -> LongType.LONG;
            case FLOAT -> FloatType.FLOAT;
            case DOUBLE -> DoubleType.DOUBLE;
            case BOOLEAN -> BooleanType.BOOLEAN;
            case TIMESTAMP -> TimestampType.TIMESTAMP;
            case BINARY -> BinaryType.BINARY;
          });
    }
    if (type instanceof ArrayOf array) {
      return stored instanceof ArrayType list && fits(list.getElementType(), array.element());
    }
    if (type instanceof StructOf struct) {
      return stored instanceof StructType fields
          && struct.fields().stream()
              .allMatch(
                  field ->
                      fields.indexOf(field.name()) < 0
                          || fits(fields.get(field.name()).getDataType(), field.type()));
    }
    return stored instanceof MapType;
  }

  /** Rows that were read together. */
  Batch of(ColumnarBatch batch) {
    return new Batch(batch);
  }

  /** Some rows, of which one after the other is looked at. */
  final class Batch {
    private final ColumnVector[] vectors;

    private Batch(ColumnarBatch batch) {
      vectors = new ColumnVector[schema.length()];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = batch.getColumnVector(batch.getSchema().indexOf(schema.at(i).getName()));
      }
    }

    /** A row; a column that the table lacks stays empty. */
    Values row(int row) {
      Values values = Values.of(table);
      for (int i = 0; i < vectors.length; i++) {
        String name = schema.at(i).getName();
        values.set(name, value(vectors[i], row, type(name)));
      }
      return values;
    }
  }

  private static @Nullable Object value(ColumnVector vector, int row, ColumnType type) {
    if (vector.isNullAt(row)) {
      return null;
    }
    if (type instanceof Scalar scalar) {
      return scalar(vector, row, scalar);
    }
    if (type instanceof ArrayOf array) {
      return list(vector.getArray(row), array.element());
    }
    if (type instanceof StructOf struct) {
      return struct(vector, row, struct);
    }
    return map(vector.getMap(row));
  }

  private static Object scalar(ColumnVector vector, int row, Scalar scalar) {
    return switch (scalar) {
      case STRING -> vector.getString(row);
      case INT -> vector.getInt(row);
      case BIGINT -> vector.getLong(row);
      case FLOAT -> vector.getFloat(row);
      case DOUBLE -> vector.getDouble(row);
      case BOOLEAN -> vector.getBoolean(row);
      case TIMESTAMP -> Timestamp.from(Instant.EPOCH.plus(vector.getLong(row), ChronoUnit.MICROS));
      case BINARY -> vector.getBinary(row);
    };
  }

  private static Object list(ArrayValue array, ColumnType element) {
    List<@Nullable Object> list = new ArrayList<>(array.getSize());
    for (int i = 0; i < array.getSize(); i++) {
      list.add(value(array.getElements(), i, element));
    }
    return list;
  }

  private static Object struct(ColumnVector vector, int row, StructOf struct) {
    StructType stored = (StructType) vector.getDataType();
    @Nullable Object[] parts = new Object[struct.fields().size()];
    for (int i = 0; i < parts.length; i++) {
      Column field = struct.fields().get(i);
      int ordinal = stored.indexOf(field.name());
      if (ordinal >= 0) {
        parts[i] = value(vector.getChild(ordinal), row, field.type());
      }
    }
    return parts;
  }

  private static Object map(MapValue map) {
    Map<String, @Nullable String> entries = new LinkedHashMap<>();
    for (int i = 0; i < map.getSize(); i++) {
      ColumnVector texts = map.getValues();
      entries.put(map.getKeys().getString(i), texts.isNullAt(i) ? null : texts.getString(i));
    }
    return entries;
  }
}
