// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.lake;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.index.FragmentWriter;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of a partition to an index as fragments.
 *
 * <p>Takes rows with the columns of {@link IndexColumns#TABLE}, in that order. Yields one row for
 * each fragment, of schema {@link #SCHEMA}: bytes for the driver's {@code IndexChange}.
 */
public final class LanceFragments implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** One description of a fragment. */
  public static final StructType SCHEMA =
      new StructType().add("fragment", DataTypes.BinaryType, false);

  private final IndexPlace place;
  private final int dim;

  public LanceFragments(IndexPlace place, int dim) {
    this.place = place;
    this.dim = dim;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<byte[]> fragments = FragmentWriter.write(place, dim, new IndexValues(rows, dim));
    return fragments.stream().map(bytes -> RowFactory.create((Object) bytes)).iterator();
  }

  /** Rows of Spark as the values that an index takes. */
  private static final class IndexValues implements Iterator<@Nullable Object[]> {
    private static final int VECTOR = IndexColumns.TABLE.indexOf(IndexColumns.VECTOR);
    private static final int COLUMNS = IndexColumns.TABLE.columns().size();

    private static final double NEAR_ONE = 0.001;

    private final Iterator<Row> rows;
    private final int dim;

    IndexValues(Iterator<Row> rows, int dim) {
      this.rows = rows;
      this.dim = dim;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public @Nullable Object[] next() {
      Row row = rows.next();
      return IntStream.range(0, COLUMNS)
          .mapToObj(i -> i == VECTOR ? vector(row) : row.get(i))
          .toArray();
    }

    private float @Nullable [] vector(Row row) {
      if (row.isNullAt(VECTOR)) {
        return null;
      }
      List<Float> elements = row.getList(VECTOR);
      float[] vector = new float[elements.size()];
      double squares = 0;
      for (int i = 0; i < vector.length; i++) {
        vector[i] = elements.get(i);
        squares += (double) vector[i] * vector[i];
      }
      boolean sound = Math.abs(Math.sqrt(squares) - 1) <= NEAR_ONE; // false for what is no number
      if (vector.length != dim || !sound) {
        throw LakehouseException.of(
            ErrorCode.INTEGRITY,
            "Cannot index segment %s of asset %s: expected a vector of %d numbers and norm 1 but"
                + " found %d of norm %s. Readers still see the last release. Run 'lakehouse repair'",
            row.<String>getAs(IndexColumns.SEGMENT),
            row.<String>getAs(IndexColumns.ASSET_ID),
            dim,
            vector.length,
            Math.sqrt(squares));
      }
      return vector;
    }
  }
}
