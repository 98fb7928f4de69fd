// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.manifest.FileReferences;
import dev.lakehouse.core.connect.manifest.Manifest;
import dev.lakehouse.core.connect.manifest.RowItems;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.udfs.SparkColumns;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Makes items of the rows of a table.
 *
 * <p>In: the columns of the table, then {@link #FILE}, the name of the file that a row stands in,
 * and {@link #ROW}, its number there from 0. Out: rows of {@link SourceItemColumns}.
 */
public final class TablePartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Column of the file that a row stands in, below the table. */
  public static final String FILE = "_lakehouse_file";

  /** Column of the number of a row in its file. */
  public static final String ROW = "_lakehouse_row";

  private final String uri;
  private final String name;
  private final String root;
  private final RowMapping mapping;
  private final Map<String, String> hadoopConf;

  /**
   * Rows of a table.
   *
   * @param uri of the table
   * @param name of the source
   * @param root folder that files are found below
   */
  public TablePartition(
      String uri, String name, String root, RowMapping mapping, Map<String, String> hadoopConf) {
    this.uri = uri;
    this.name = name;
    this.root = root;
    this.mapping = mapping;
    this.hadoopConf = hadoopConf;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Manifest manifest = Manifest.table(uri, name, root, mapping, hadoopConf);
    RowItems items = new RowItems(manifest, new FileReferences(manifest));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return SparkColumns.row(item(items, rows.next()).toValues());
      }
    };
  }

  private SourceItem item(RowItems items, Row row) {
    int columns = row.size() - 2;
    Place place = new Place(uri, row.getString(columns) + "#row", row.getLong(columns + 1));
    return items.item(place, RowFields.of(row, columns));
  }
}
