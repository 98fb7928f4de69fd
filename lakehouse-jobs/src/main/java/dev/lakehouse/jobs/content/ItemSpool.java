// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import dev.lakehouse.core.connect.ItemJoin;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.udfs.ParquetFiles;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.content.SourceItemColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The items of a source as a Dataset, however many they are: beyond a bounded number they wait in
 * files beside the tables, which are gone when the spool is closed. Rows that are parts of one item
 * are joined here, in memory while they fit and with Spark's shuffle beyond.
 */
public final class ItemSpool implements AutoCloseable {
  private static final int IN_MEMORY = 20_000;
  private static final long CHARACTERS_IN_MEMORY = 64 << 20;

  private final SparkSession spark;
  private final Path folder;
  private final boolean parts;
  private List<SourceItem> buffer = new ArrayList<>();
  private long characters;
  private long listed;
  private long count;
  private boolean spilled;
  private Optional<TableSource> table = Optional.empty();

  private ItemSpool(SparkSession spark, String folder, boolean parts) {
    this.spark = spark;
    this.folder = new Path(folder);
    this.parts = parts;
  }

  /**
   * Lists a source.
   *
   * @param folder where items may wait; every executor can read it
   */
  public static ItemSpool of(SparkSession spark, String folder, Source source) {
    ItemSpool spool = new ItemSpool(spark, folder, source.hasParts());
    if (source instanceof TableSource table) {
      spool.take(table);
      return spool;
    }
    try (Stream<SourceItem> items = source.items()) {
      items.forEach(spool::add);
      spool.join();
      return spool;
    } catch (Throwable e) {
      spool.close();
      throw e;
    }
  }

  /** A table stays where it is, unless rows of it are parts of one; then those wait here. */
  private void take(TableSource source) {
    listed = source.rowsWithoutBytes().count();
    count = listed;
    if (!source.rowsMeet()) {
      table = Optional.of(source);
      return;
    }
    spilled = true;
    try {
      JoinStage.apply(source.rows()).write().parquet(joined().toString());
      count = rows().count();
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private void add(SourceItem item) {
    if (buffer.size() == IN_MEMORY || characters > CHARACTERS_IN_MEMORY) {
      spill();
    }
    buffer.add(item);
    characters += characters(item);
    listed++;
  }

  private static long characters(SourceItem item) {
    long captions = item.description().captions().stream().mapToLong(String::length).sum();
    return captions + (item.offer() instanceof Offer.Text text ? text.text().length() : 0);
  }

  private void spill() {
    buffered().write().mode("append").parquet(listing().toString());
    buffer.clear();
    characters = 0;
    spilled = true;
  }

  private Path listing() {
    return new Path(folder, "listing");
  }

  private Dataset<Row> buffered() {
    List<Row> rows = buffer.stream().map(item -> SparkColumns.row(item.toValues())).toList();
    return spark.createDataFrame(rows, SourceItemColumns.schema());
  }

  private void join() {
    count = listed;
    if (!spilled) {
      buffer = parts ? ItemJoin.all(buffer) : buffer;
      count = buffer.size();
      return;
    }
    if (!buffer.isEmpty()) {
      spill();
    }
    if (parts) {
      JoinStage.apply(read(listing())).write().parquet(joined().toString());
      count = rows().count();
    }
  }

  private Path joined() {
    return new Path(folder, "joined");
  }

  private Dataset<Row> read(Path rows) {
    return ParquetFiles.read(spark, SourceItemColumns.schema(), rows.toString());
  }

  /** How many rows, files or images the source lists; several may be parts of one item. */
  public long listed() {
    return listed;
  }

  /** How many items the source has. */
  public long count() {
    return count;
  }

  /** The items. */
  public Dataset<Row> rows() {
    if (table.isPresent()) {
      return table.get().rows();
    }
    if (!spilled) {
      return buffered();
    }
    return read(parts ? joined() : listing());
  }

  @Override
  public void close() {
    if (!spilled) {
      return;
    }
    try {
      FileSystem files = folder.getFileSystem(spark.sessionState().newHadoopConf());
      files.delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder, e);
    }
  }
}
