// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into native code, counted. While one is being fetched, which may take as long
 * as whatever makes it, native code waits for us and not we for it.
 */
final class RowProgress implements Iterator<@Nullable Object[]> {
  private final Iterator<@Nullable Object[]> rows;
  private volatile boolean fetching;
  private volatile long count;

  RowProgress(Iterator<@Nullable Object[]> rows) {
    this.rows = rows;
  }

  /** Stands still only where native code has not asked for a row. */
  long number() {
    return fetching ? System.nanoTime() : count;
  }

  @Override
  public boolean hasNext() {
    fetching = true;
    try {
      return rows.hasNext();
    } finally {
      fetching = false;
    }
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // native code asks with one thread
  public @Nullable Object[] next() {
    count++;
    return rows.next();
  }
}
