// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.curate;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Values;

/** What became of an item. */
sealed interface Measured {

  /**
   * It was measured.
   *
   * @param row of {@code measurements}
   */
  record Figures(Values row) implements Measured {}

  /** Something stood in the way. */
  record Failed(ItemError code, String message) implements Measured {}
}
