// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.batch;

import dev.lakehouse.core.ItemException;
import java.time.Duration;

/**
 * What is done with items, one at a time.
 *
 * @param <I> an item
 * @param <P> what becomes of it
 */
public interface ItemWork<I, P> {

  /**
   * Does it; may take too long, and is given up then.
   *
   * @throws ItemException if the item cannot be taken
   */
  P of(I item) throws ItemException;

  /** How much longer than others an item may take. */
  Duration patience(I item);
}
