// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Kernel's engine for tables on a local disk, without what the Parquet library does for every file:
 * it makes a {@link Configuration} out of all XML files of Hadoop, and drops it for the one that it
 * is given. That took two thirds of the time of reading a small file. Here Hadoop finds none of
 * these files while Parquet is read; on other file systems it may need them then.
 */
final class LocalEngine implements Engine {
  private final Engine engine;

  private LocalEngine(Engine engine) {
    this.engine = engine;
  }

  /** The engine for a table. */
  static Engine forTable(String uri, Configuration hadoop) {
    Engine engine = DefaultEngine.create(hadoop);
    return uri.startsWith("file:") ? new LocalEngine(engine) : engine;
  }

  @Override
  public ExpressionHandler getExpressionHandler() {
    return engine.getExpressionHandler();
  }

  @Override
  public JsonHandler getJsonHandler() {
    return engine.getJsonHandler();
  }

  @Override
  public FileSystemClient getFileSystemClient() {
    return engine.getFileSystemClient();
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return new Parquet(engine.getParquetHandler());
  }

  private record Parquet(ParquetHandler parquet) implements ParquetHandler {

    @Override
    public CloseableIterator<ColumnarBatch> readParquetFiles(
        CloseableIterator<FileStatus> files, StructType schema, Optional<Predicate> predicate)
        throws IOException {
      return new Batches(parquet.readParquetFiles(files, schema, predicate));
    }

    @Override
    public CloseableIterator<DataFileStatus> writeParquetFiles(
        String folder, CloseableIterator<FilteredColumnarBatch> rows, List<Column> statistics)
        throws IOException {
      return parquet.writeParquetFiles(folder, rows, statistics);
    }

    @Override
    public void writeParquetFileAtomically(
        String file, CloseableIterator<FilteredColumnarBatch> rows) throws IOException {
      parquet.writeParquetFileAtomically(file, rows);
    }
  }

  /** Batches of rows; a file is opened when its first is asked for. */
  private record Batches(CloseableIterator<ColumnarBatch> batches)
      implements CloseableIterator<ColumnarBatch> {

    @Override
    public boolean hasNext() {
      return withoutFiles(batches::hasNext);
    }

    @Override
    public ColumnarBatch next() {
      return withoutFiles(batches::next);
    }

    @Override
    public void close() throws IOException {
      batches.close();
    }

    private static <T> T withoutFiles(Supplier<T> reading) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(new NoHadoopFiles(before));
      try {
        return reading.get();
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  /** Finds what another finds, but none of Hadoop's XML files. */
  private static final class NoHadoopFiles extends ClassLoader {
    NoHadoopFiles(@Nullable ClassLoader parent) {
      super(parent == null ? ClassLoader.getSystemClassLoader() : parent);
    }

    @Override
    public @Nullable URL getResource(String name) {
      return name.endsWith("-default.xml") || name.endsWith("-site.xml")
          ? null
          : super.getResource(name);
    }
  }
}
