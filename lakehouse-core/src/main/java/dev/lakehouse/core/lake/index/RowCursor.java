// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;
import org.lance.ipc.LanceScanner;

/** Rows of an index, one batch in memory at a time; to be closed before its reader. */
public final class RowCursor implements Iterator<@Nullable Object[]>, AutoCloseable {
  private final IndexPlace place;
  private final LanceScanner scanner;
  private final ArrowReader batches;
  private final List<String> columns;
  private int next;
  private int size;

  RowCursor(IndexPlace place, LanceScanner scanner, List<String> columns) {
    this.place = place;
    this.scanner = scanner;
    this.batches = scanner.scanBatches();
    this.columns = List.copyOf(columns);
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == size && LanceCall.of(place, "read rows", batches::loadNextBatch)) {
        next = 0;
        size = batches.getVectorSchemaRoot().getRowCount();
      }
      return next < size;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The values of one row, in the order of the columns asked for; a vector as {@code float[]}. */
  @Override
  public @Nullable Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No more rows in index " + place);
    }
    try {
      VectorSchemaRoot batch = batches.getVectorSchemaRoot();
      @Nullable Object[] row = new Object[columns.size()];
      for (int i = 0; i < row.length; i++) {
        FieldVector column = batch.getVector(columns.get(i));
        row[i] = column == null ? null : IndexArrow.get(column, next); // of an earlier version
      }
      next++;
      return row;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private LakehouseException unreadable(Exception e) {
    return LakehouseException.because(
        e, ErrorCode.INTEGRITY, "Cannot read index %s: %s", place, e.getMessage());
  }

  @Override
  public void close() {
    if (LanceCall.hangs()) {
      return;
    }
    try {
      batches.close();
      scanner.close();
    } catch (Exception e) {
      throw unreadable(e);
    }
  }
}
