// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import java.util.List;

/** Turns inputs into vectors of one space. */
public interface Encoder {

  /** What it is. */
  EncoderSpec spec();

  /**
   * One outcome for each input, in order. Inputs that cannot be taken spoil nobody else's vector.
   * All of them go to the device at once, so the caller decides the batch.
   *
   * @throws IllegalArgumentException if an input is not of the tower's kind
   */
  List<EmbedOutcome> encode(List<EmbedInput> inputs);
}
