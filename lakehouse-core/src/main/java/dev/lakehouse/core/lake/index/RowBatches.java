// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Rows as a stream of Arrow batches: one batch in memory at a time, whatever comes behind it. */
final class RowBatches extends ArrowReader {
  private static final int ROWS = 1024;

  private final Schema schema;
  private final Iterator<@Nullable Object[]> rows;
  private @Nullable RuntimeException failure;

  RowBatches(BufferAllocator allocator, Schema schema, Iterator<@Nullable Object[]> rows) {
    super(allocator);
    this.schema = schema;
    this.rows = rows;
  }

  @Override
  public boolean loadNextBatch() {
    try {
      return fill();
    } catch (RuntimeException e) {
      failure = e; // crosses native code, which keeps its text alone
      throw e;
    }
  }

  private boolean fill() {
    VectorSchemaRoot root = root();
    root.clear();
    if (!rows.hasNext()) {
      return false;
    }
    root.allocateNew();
    List<FieldVector> vectors = root.getFieldVectors();
    int row = 0;
    for (; row < ROWS && rows.hasNext(); row++) {
      @Nullable Object[] values = rows.next();
      for (int i = 0; i < vectors.size(); i++) {
        IndexArrow.set(vectors.get(i), row, values[i]);
      }
    }
    root.setRowCount(row);
    return true;
  }

  private VectorSchemaRoot root() {
    try {
      return getVectorSchemaRoot();
    } catch (java.io.IOException e) {
      throw new IllegalStateException("A schema in memory cannot be read", e);
    }
  }

  /** What ended the stream early, if anything did. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  @Override
  protected void closeReadSource() {
    // the rows belong to the caller
  }

  @Override
  protected Schema readSchema() {
    return schema;
  }
}
