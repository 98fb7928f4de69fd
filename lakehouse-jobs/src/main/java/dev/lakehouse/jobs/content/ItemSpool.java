// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.udfs.ParquetFiles;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.content.SourceItemColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The items of a source as a Dataset, however many they are: beyond a bounded number they wait in
 * files beside the tables, which are gone when the spool is closed.
 */
public final class ItemSpool implements AutoCloseable {
  private static final int IN_MEMORY = 20_000;

  private final SparkSession spark;
  private final Path folder;
  private final List<Row> buffer = new ArrayList<>();
  private long count;

  private ItemSpool(SparkSession spark, String folder) {
    this.spark = spark;
    this.folder = new Path(folder);
  }

  /**
   * Lists a source.
   *
   * @param folder where items may wait; every executor can read it
   */
  public static ItemSpool of(SparkSession spark, String folder, Source source) {
    ItemSpool spool = new ItemSpool(spark, folder);
    try (Stream<SourceItem> items = source.items()) {
      items.forEach(spool::add);
      return spool;
    } catch (Throwable e) {
      spool.close();
      throw e;
    }
  }

  private void add(SourceItem item) {
    if (buffer.size() == IN_MEMORY) {
      spill();
    }
    buffer.add(SparkColumns.row(item.toValues()));
    count++;
  }

  private void spill() {
    buffered().write().mode("append").parquet(folder.toString());
    buffer.clear();
  }

  private Dataset<Row> buffered() {
    return spark.createDataFrame(List.copyOf(buffer), SourceItemColumns.schema());
  }

  /** How many items the source has. */
  public long count() {
    return count;
  }

  /** The items. */
  public Dataset<Row> rows() {
    if (count == buffer.size()) {
      return buffered();
    }
    if (!buffer.isEmpty()) {
      spill();
    }
    return ParquetFiles.read(spark, SourceItemColumns.schema(), folder.toString());
  }

  @Override
  public void close() {
    if (count == buffer.size()) {
      return; // nothing was ever spilled
    }
    try {
      FileSystem files = folder.getFileSystem(spark.sessionState().newHadoopConf());
      files.delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder, e);
    }
  }
}
