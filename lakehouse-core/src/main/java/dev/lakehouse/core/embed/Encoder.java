// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.batch.OneBatch;
import dev.lakehouse.core.batch.PumpSteps;
import java.util.List;

/** Turns inputs into vectors of one space. */
public interface Encoder {

  /** What it is. */
  EncoderSpec spec();

  /**
   * One outcome for each input, in order. Inputs that cannot be taken spoil nobody else's vector.
   * All of them go to the device at once, so the caller decides the batch, unless the encoder
   * {@link #isBatchDependent}.
   *
   * @throws IllegalArgumentException if an input is not of the tower's kind
   */
  default List<EmbedOutcome> encode(List<EmbedInput> inputs) {
    return OneBatch.of(steps(), inputs);
  }

  /** The same in steps, for a pump. */
  PumpSteps<EmbedInput, ?, EmbedOutcome> steps();

  /** Whether it runs one item at a time, since a vector would else depend on others. */
  boolean isBatchDependent();

  /** The device that it runs on: cpu, cuda:0, … */
  String device();
}
