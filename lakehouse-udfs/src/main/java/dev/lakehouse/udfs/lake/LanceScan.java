// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.lake;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexReader;
import dev.lakehouse.core.lake.index.RowCursor;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of one version of an index, its fragments spread over tasks.
 *
 * <p>Takes the ids of fragments, yields the columns asked for.
 */
public final class LanceScan implements MapPartitionsFunction<Integer, Row> {
  private static final long serialVersionUID = 1L;

  private final IndexPlace place;
  private final long version;
  private final ArrayList<String> columns;

  private LanceScan(IndexPlace place, long version, List<String> columns) {
    this.place = place;
    this.version = version;
    this.columns = new ArrayList<>(columns);
  }

  /**
   * Some columns of {@link IndexColumns#TABLE} of all rows of a version.
   *
   * @throws dev.lakehouse.core.LakehouseException if the version is not there
   */
  public static Dataset<Row> rows(
      SparkSession spark, IndexPlace place, long version, List<String> columns) {
    List<Integer> fragments;
    try (IndexReader reader = IndexReader.open(place, version)) {
      fragments = reader.fragments();
    }
    LanceScan scan = new LanceScan(place, version, columns);
    return spark
        .createDataset(fragments, Encoders.INT())
        .repartition(Math.max(1, fragments.size()))
        .mapPartitions(scan, Encoders.row(SparkColumns.schema(table(columns))));
  }

  private static Table table(List<String> names) {
    List<Column> columns =
        names.stream()
            .map(name -> IndexColumns.TABLE.columns().get(IndexColumns.TABLE.indexOf(name)))
            .toList();
    return new Table(IndexColumns.TABLE.name(), columns, List.of());
  }

  @Override
  public Iterator<Row> call(Iterator<Integer> fragments) {
    if (!fragments.hasNext()) {
      return List.<Row>of().iterator();
    }
    List<Integer> ids = new ArrayList<>();
    fragments.forEachRemaining(ids::add);
    IndexReader reader = IndexReader.open(place, version);
    RowCursor cursor = reader.rows(columns, ids);
    // the iterator outlives this call; only the task knows when the last row was taken
    TaskContext.get()
        .addTaskCompletionListener(
            (TaskCompletionListener)
                context -> {
                  cursor.close();
                  reader.close();
                });
    return new SparkRows(cursor, table(columns));
  }

  /** Values of an index as rows of Spark. */
  private record SparkRows(RowCursor cursor, Table table) implements Iterator<Row> {
    @Override
    public boolean hasNext() {
      return cursor.hasNext();
    }

    @Override
    public Row next() {
      @Nullable Object[] values = cursor.next();
      Values row = Values.of(table);
      for (int i = 0; i < values.length; i++) {
        row.set(table.columns().get(i).name(), values[i]);
      }
      return SparkColumns.row(row);
    }
  }
}
