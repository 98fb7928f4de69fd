// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.StringMap;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.udfs.SparkColumns;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Source items as Spark rows. */
public final class SourceItemColumns {

  private SourceItemColumns() {}

  /** The schema of an item. */
  public static StructType schema() {
    return SparkColumns.schema(SourceItem.TABLE);
  }

  /** Items as rows, one at a time. */
  public static Iterator<Row> rows(Iterator<SourceItem> items) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public Row next() {
        return SparkColumns.row(items.next().toValues());
      }
    };
  }

  /** Rows as items, one at a time. */
  static Iterator<SourceItem> items(Iterator<Row> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public SourceItem next() {
        return item(rows.next());
      }
    };
  }

  /** The item in a row; columns are found by name. */
  public static SourceItem item(Row row) {
    return SourceItem.from(values(row, SourceItem.TABLE));
  }

  /** The values of a row that has the columns of a table, maybe among others. */
  static Values values(Row row, Table table) {
    Values values = Values.of(table);
    for (Column column : table.columns()) {
      int index = row.fieldIndex(column.name());
      if (row.isNullAt(index)) {
        continue;
      }
      if (column.type() instanceof ArrayOf) {
        values.set(column.name(), row.getList(index));
      } else if (column.type() instanceof StringMap) {
        values.set(column.name(), row.getJavaMap(index));
      } else {
        values.set(column.name(), row.get(index));
      }
    }
    return values;
  }
}
