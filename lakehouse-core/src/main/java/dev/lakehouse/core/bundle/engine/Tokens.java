// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

/**
 * A text as a tower sees it, before padding.
 *
 * @param ids of the tokens, special ones included
 * @param types which sentence each belongs to
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tokens(long[] ids, long[] types) {

  /** How many. */
  public int length() {
    return ids.length;
  }
}
