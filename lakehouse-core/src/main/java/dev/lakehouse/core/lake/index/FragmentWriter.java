// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.WriteParams;

/**
 * Writes rows of an index as fragments that belong to no version until {@link LanceIndex} commits
 * them. Every fragment has a file name of its own, so a task that is repeated or raced leaves
 * nothing but unnamed files behind.
 */
public final class FragmentWriter {
  /** Older formats read a null struct back as one that is not null. */
  static final String FILE_FORMAT = "2.1";

  private FragmentWriter() {}

  /**
   * Writes all rows, a batch of them in memory at a time.
   *
   * @param dim length of every vector
   * @param rows values in the order of {@link IndexColumns#TABLE}; the vector as {@code float[]}
   * @return one entry for each fragment, for {@link LanceIndex#commit}; none for no rows
   * @throws IllegalArgumentException if a row lacks a required value or has a vector of another
   *     length
   */
  public static List<byte[]> write(IndexPlace place, int dim, Iterator<@Nullable Object[]> rows) {
    if (!rows.hasNext()) {
      return List.of();
    }
    RowProgress counted = new RowProgress(rows);
    return LanceCall.of(place, "write rows", counted::number, () -> writeAll(place, dim, counted));
  }

  private static List<byte[]> writeAll(IndexPlace place, int dim, RowProgress rows) {
    try (BufferAllocator allocator = new RootAllocator();
        RowBatches batches =
            new RowBatches(allocator, IndexArrow.schema(IndexColumns.TABLE, dim), rows);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, batches, stream);
      return create(place, stream, batches).stream().map(FragmentBytes::of).toList();
    } catch (java.io.IOException e) {
      throw new IllegalStateException("Rows in memory cannot be closed", e);
    }
  }

  private static List<FragmentMetadata> create(
      IndexPlace place, ArrowArrayStream stream, RowBatches batches) {
    WriteParams params =
        new WriteParams.Builder()
            .withMode(WriteParams.WriteMode.APPEND)
            .withDataStorageVersion(FILE_FORMAT)
            .withStorageOptions(place.storage())
            .build();
    try {
      return Fragment.create(place.uri(), stream, params, place.renewed().orElse(null));
    } catch (Exception thrown) {
      RuntimeException e = OpenIndex.unchecked(thrown);
      RuntimeException cause = batches.failure();
      if (cause != null) {
        throw cause;
      }
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot write to index %s: %s", place, e.getMessage());
    }
  }
}
