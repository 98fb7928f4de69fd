// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.Values;

/**
 * A segment that a search found.
 *
 * @param score cosine of query and segment, -1 to 1
 * @param row the columns of {@link IndexColumns#TABLE}, without the vector
 */
public record Hit(double score, Values row) {

  /** The asset that the segment is part of. */
  public String assetId() {
    return row.require(IndexColumns.ASSET_ID, String.class);
  }

  /** The part of the asset. */
  public String segment() {
    return row.require(IndexColumns.SEGMENT, String.class);
  }
}
