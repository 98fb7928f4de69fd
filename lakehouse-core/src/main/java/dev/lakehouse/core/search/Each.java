// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.lake.index.Hit;

/** Of what an answer holds one, its best. */
public enum Each {
  /** One for each asset. */
  ASSET,
  /** One for each group; an asset without a group is one of its own. */
  GROUP;

  String of(Hit hit) {
    return this == ASSET ? hit.assetId() : hit.group();
  }
}
