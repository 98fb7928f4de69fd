// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.io.Serializable;

/**
 * How prepared items are put together.
 *
 * @param rows items of a batch at most
 * @param bytes of prepared items in a batch at most; one item may be larger
 * @param cells rows times the longest length of a batch at most; one item may be longer
 * @param window items that are sorted by length before they are cut into batches; at least a batch
 */
public record BatchShape(int rows, long bytes, long cells, int window) implements Serializable {

  public BatchShape {
    if (rows < 1 || bytes < 1 || cells < 1 || window < 1) {
      throw new IllegalArgumentException(
          "Invalid batches: rows %d, bytes %d, cells %d, window %d (all must be at least 1)"
              .formatted(rows, bytes, cells, window));
    }
    window = Math.max(rows, window);
  }

  /** One item a batch, as they come. */
  public BatchShape alone() {
    return new BatchShape(1, bytes, cells, 1);
  }
}
