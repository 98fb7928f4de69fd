// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.bundle.InferenceException;
import dev.lakehouse.core.codec.CodecException;
import dev.lakehouse.core.codec.CodecException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One outcome for each of a batch of inputs, whatever happens to its neighbours.
 *
 * @param <P> an input, prepared for the tower
 */
final class Batch<P> {

  /** What an encoder does to inputs of its kind. */
  interface Steps<P> {

    /** Decodes and preprocesses one input. */
    P prepare(EmbedInput input) throws CodecException;

    /**
     * Runs the tower once.
     *
     * @return a vector for each, not yet normalised
     * @throws InferenceException if the batch could not be run
     */
    float[][] infer(List<P> prepared);
  }

  private final Steps<P> steps;
  private final EmbedOutcome[] outcomes;
  private final List<P> prepared = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();

  private Batch(Steps<P> steps, int size) {
    this.steps = steps;
    this.outcomes = new EmbedOutcome[size];
  }

  static <P> List<EmbedOutcome> encode(List<EmbedInput> inputs, Steps<P> steps) {
    Batch<P> batch = new Batch<>(steps, inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      batch.prepare(inputs.get(i), i);
    }
    batch.infer(0, batch.prepared.size());
    return Arrays.asList(batch.outcomes);
  }

  private void prepare(EmbedInput input, int place) {
    try {
      prepared.add(steps.prepare(input));
      places.add(place);
    } catch (CodecException e) {
      outcomes[place] = EmbedOutcome.failed(e.code(), String.valueOf(e.getMessage()));
    } catch (InferenceException e) {
      outcomes[place] = EmbedOutcome.failed(Code.INTERNAL, String.valueOf(e.getMessage()));
    }
  }

  /** Runs a part of the batch; where that fails, each half of it, down to the one at fault. */
  private void infer(int from, int to) {
    if (from == to) {
      return;
    }
    try {
      float[][] vectors = steps.infer(prepared.subList(from, to));
      for (int i = from; i < to; i++) {
        outcomes[places.get(i)] = outcome(vectors[i - from]);
      }
    } catch (InferenceException e) {
      halve(from, to, e.outOfMemory() ? Code.OUT_OF_MEMORY : Code.INTERNAL, e);
    } catch (OutOfMemoryError e) {
      halve(from, to, Code.OUT_OF_MEMORY, e);
    }
  }

  private void halve(int from, int to, Code code, Throwable cause) {
    if (to - from == 1) {
      outcomes[places.get(from)] = EmbedOutcome.failed(code, String.valueOf(cause.getMessage()));
      return;
    }
    int middle = (from + to) >>> 1;
    infer(from, middle);
    infer(middle, to);
  }

  private static EmbedOutcome outcome(float[] vector) {
    return Pooled.normalise(vector)
        ? EmbedOutcome.vector(vector)
        : EmbedOutcome.failed(
            Code.BAD_VECTOR, "The tower gave a vector without direction (zero, NaN or infinite)");
  }
}
