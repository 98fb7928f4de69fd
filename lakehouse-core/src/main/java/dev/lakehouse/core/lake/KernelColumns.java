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
import io.delta.kernel.types.StructType;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one mapping from the columns of Delta Kernel to those of the house; by name, not by place.
 */
final class KernelColumns {
  private final ColumnarBatch batch;

  KernelColumns(ColumnarBatch batch) {
    this.batch = batch;
  }

  /** A row as a table declares it; a column that the batch lacks stays empty. */
  Values row(Table table, int row) {
    Values values = Values.of(table);
    for (Column column : table.columns()) {
      int ordinal = batch.getSchema().indexOf(column.name());
      if (ordinal >= 0) {
        values.set(column.name(), value(batch.getColumnVector(ordinal), row, column.type()));
      }
    }
    return values;
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
