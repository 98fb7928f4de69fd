// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

/**
 * The asset that a content belongs to.
 *
 * @param assetId its id
 * @param passes whether it passed
 */
record Owner(String assetId, boolean passes) {

  /** The one of two that stands for both: one that passes, else that of the smaller id. */
  static Owner of(Owner one, Owner other) {
    boolean first =
        one.passes == other.passes ? one.assetId.compareTo(other.assetId) <= 0 : one.passes;
    return first ? one : other;
  }
}
