// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.derive;

/** A part of a content that is found by itself. */
public sealed interface Piece permits Passage, Still {

  /** Its place in the content, which names it. */
  String segment();
}
