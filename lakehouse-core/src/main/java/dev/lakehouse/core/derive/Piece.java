// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.derive;

/** A part of a content that is found by itself, or is an asset of its own. */
public sealed interface Piece permits Passage, Still, Enclosure {

  /** Its place in the content, which names it. */
  String segment();
}
