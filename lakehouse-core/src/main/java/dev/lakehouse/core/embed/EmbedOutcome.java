// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.ItemError;
import java.util.Optional;

/** What became of one input. */
public sealed interface EmbedOutcome {

  /** A vector of norm 1. */
  @SuppressWarnings("ArrayRecordComponent")
  record Vector(float[] values) implements EmbedOutcome {}

  /** What stood in the way. */
  record Failed(ItemError code, String message) implements EmbedOutcome {}

  /** A vector of norm 1. */
  static EmbedOutcome vector(float[] values) {
    return new Vector(values);
  }

  /** What stood in the way. */
  static EmbedOutcome failed(ItemError code, String message) {
    return new Failed(code, message);
  }

  /** The vector, if there is one. */
  default Optional<float[]> vector() {
    return this instanceof Vector vector ? Optional.of(vector.values()) : Optional.empty();
  }

  /** What stood in the way, if something did. */
  default Optional<Failed> failure() {
    return this instanceof Failed failed ? Optional.of(failed) : Optional.empty();
  }
}
