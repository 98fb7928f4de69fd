// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.Table;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The one mapping from the columns of the house to those of Arrow.
 *
 * <p>An array of FLOAT is a vector: a list of fixed size, never null, because a null in such a list
 * would shift the vectors behind it. Maps, structs and other arrays have no place in an index.
 */
final class IndexArrow {
  private static final ArrowType FLOAT32 =
      new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);

  private IndexArrow() {}

  /** The schema of a table whose vectors have {@code dim} elements. */
  static Schema schema(Table table, int dim) {
    return new Schema(table.columns().stream().map(column -> field(column, dim)).toList());
  }

  private static Field field(Column column, int dim) {
    if (column.type() instanceof ArrayOf array && array.element() == Scalar.FLOAT) {
      return vectorField(column, dim);
    }
    return new Field(
        column.name(), new FieldType(column.nullable(), type(column.type()), null), null);
  }

  private static Field vectorField(Column column, int dim) {
    if (column.nullable()) {
      throw new IllegalArgumentException("Vector column %s is nullable".formatted(column.name()));
    }
    Field element = new Field("item", FieldType.nullable(FLOAT32), null);
    return new Field(
        column.name(), FieldType.notNullable(new ArrowType.FixedSizeList(dim)), List.of(element));
  }

  private static ArrowType type(ColumnType type) {
    if (type instanceof Scalar scalar) {
      return switch (scalar) {
        case STRING -> ArrowType.Utf8.INSTANCE;
        case INT -> new ArrowType.Int(32, true);
        case BIGINT -> new ArrowType.Int(64, true);
        case FLOAT -> FLOAT32;
        case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
        case BOOLEAN -> ArrowType.Bool.INSTANCE;
        case TIMESTAMP, BINARY -> throw unsupported(type);
      };
    }
    throw unsupported(type);
  }

  private static IllegalArgumentException unsupported(ColumnType type) {
    return new IllegalArgumentException("An index cannot hold a column of type " + type.ddl());
  }

  /** Puts a value into a row of a vector that has been allocated. */
  static void set(FieldVector vector, int row, @Nullable Object value) {
    if (value == null) {
      requireNullable(vector);
      vector.setNull(row);
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof FixedSizeListVector lists) {
      setList(lists, row, (float[]) value);
    } else if (vector instanceof IntVector numbers) {
      numbers.setSafe(row, (Integer) value);
    } else if (vector instanceof BigIntVector numbers) {
      numbers.setSafe(row, (Long) value);
    } else if (vector instanceof Float4Vector numbers) {
      numbers.setSafe(row, (Float) value);
    } else if (vector instanceof Float8Vector numbers) {
      numbers.setSafe(row, (Double) value);
    } else {
      ((BitVector) vector).setSafe(row, ((Boolean) value) ? 1 : 0);
    }
  }

  private static void requireNullable(FieldVector vector) {
    if (!vector.getField().isNullable()) {
      throw new IllegalArgumentException(
          "An index row lacks its required column " + vector.getName());
    }
  }

  private static void setList(FixedSizeListVector lists, int row, float[] value) {
    if (value.length != lists.getListSize()) {
      throw new IllegalArgumentException(
          "A vector of %d elements cannot go into an index of dimension %d"
              .formatted(value.length, lists.getListSize()));
    }
    Float4Vector elements = (Float4Vector) lists.getDataVector();
    int first = row * value.length;
    for (int i = 0; i < value.length; i++) {
      elements.setSafe(first + i, value[i]);
    }
    lists.setNotNull(row);
  }

  /** The value in a row of a vector; a list of fixed size as {@code float[]}. */
  static @Nullable Object get(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof FixedSizeListVector lists) {
      return list(lists, row);
    }
    return vector instanceof VarCharVector texts
        ? new String(texts.get(row), StandardCharsets.UTF_8)
        : vector.getObject(row);
  }

  private static float[] list(FixedSizeListVector lists, int row) {
    Float4Vector elements = (Float4Vector) lists.getDataVector();
    float[] list = new float[lists.getListSize()];
    for (int i = 0; i < list.length; i++) {
      list[i] = elements.get(row * list.length + i);
    }
    return list;
  }
}
