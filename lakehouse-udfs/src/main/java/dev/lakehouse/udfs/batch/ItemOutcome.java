// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.batch;

import dev.lakehouse.core.ItemError;

/**
 * What became of an item.
 *
 * @param <P> what is made of one that is well
 */
public sealed interface ItemOutcome<P> {

  /** It was done. */
  record Done<P>(P value) implements ItemOutcome<P> {}

  /** Something stood in the way. */
  record Failed<P>(ItemError code, String message) implements ItemOutcome<P> {}
}
