// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.Values;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructType;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Rows of the house as Kernel takes them to write them down; texts, numbers and moments.
 *
 * @param rows all of whose columns are scalars
 * @param schema that the table has
 */
record RowBatch(List<Values> rows, StructType schema) implements ColumnarBatch {

  @Override
  public StructType getSchema() {
    return schema;
  }

  @Override
  public ColumnVector getColumnVector(int ordinal) {
    return new Cells(rows, schema.at(ordinal).getName(), schema.at(ordinal).getDataType());
  }

  @Override
  public int getSize() {
    return rows.size();
  }

  private record Cells(List<Values> rows, String column, DataType type) implements ColumnVector {

    @Override
    public DataType getDataType() {
      return type;
    }

    @Override
    public int getSize() {
      return rows.size();
    }

    @Override
    public void close() {}

    /** A column that we do not know stays empty. */
    private Optional<Object> cell(int row) {
      Values values = rows.get(row);
      return values.hasColumn(column) ? values.find(column) : Optional.empty();
    }

    private <T> T cell(int row, Class<T> kind) {
      return rows.get(row).require(column, kind);
    }

    @Override
    public boolean isNullAt(int row) {
      return cell(row).isEmpty();
    }

    @Override
    public String getString(int row) {
      return cell(row, String.class);
    }

    @Override
    public int getInt(int row) {
      return cell(row, Integer.class);
    }

    @Override
    public boolean getBoolean(int row) {
      return cell(row, Boolean.class);
    }

    @Override
    public double getDouble(int row) {
      return cell(row, Double.class);
    }

    /** A number, or the microseconds of a moment. */
    @Override
    public long getLong(int row) {
      return cell(row).orElseThrow() instanceof Timestamp moment
          ? ChronoUnit.MICROS.between(Instant.EPOCH, moment.toInstant())
          : cell(row, Long.class);
    }
  }
}
