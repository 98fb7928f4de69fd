// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.batch.PumpSteps;
import dev.lakehouse.core.bundle.engine.InferenceException;
import dev.lakehouse.core.bundle.engine.Pooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * What every encoder does alike: where inputs come from, and what becomes of vectors and failures.
 *
 * @param <P> an input, prepared for the tower
 */
abstract class EmbedSteps<P> implements PumpSteps<EmbedInput, P, EmbedOutcome> {

  /**
   * Runs the tower once.
   *
   * @return a vector for each, not yet normalised
   * @throws InferenceException if the batch could not be run
   */
  abstract float[][] vectors(List<P> batch);

  /** The least that the tower must be able to run. */
  abstract P least();

  public abstract EncoderSpec spec();

  public abstract String device();

  /** Whether a vector would depend on what else is in its batch. */
  public abstract boolean isBatchDependent();

  /** Whether what a store keeps is read from a file as it is prepared. */
  boolean isFromFile() {
    return false;
  }

  @Override
  public final boolean isRemote(EmbedInput input) {
    return input instanceof EmbedInput.Stored && !isFromFile();
  }

  @Override
  public final EmbedInput fetch(EmbedInput input) throws ItemException {
    return input instanceof EmbedInput.Stored stored
        ? new EmbedInput.Bytes(stored.kind(), stored.contents().bytes(stored.content()))
        : input;
  }

  @Override
  public final long bytes(EmbedInput input) {
    return input instanceof EmbedInput.Stored && isFromFile() ? 0 : input.size();
  }

  @Override
  public final List<EmbedOutcome> infer(List<P> batch) {
    List<EmbedOutcome> outcomes = new ArrayList<>(batch.size());
    int size = isBatchDependent() ? 1 : Math.max(1, batch.size());
    for (int from = 0; from < batch.size(); from += size) {
      for (float[] vector : vectors(batch.subList(from, from + size))) {
        outcomes.add(outcome(vector));
      }
    }
    return outcomes;
  }

  private static EmbedOutcome outcome(float[] vector) {
    return Pooled.normalise(vector)
        ? EmbedOutcome.vector(vector)
        : EmbedOutcome.failed(
            ItemError.BAD_VECTOR,
            "The tower gave a vector without direction (zero, NaN or infinite)");
  }

  /** A device that runs nothing any more says nothing about the items that it was given. */
  private void requireRunning(InferenceException cause) {
    try {
      var unused = vectors(List.of(least()));
    } catch (InferenceException e) {
      throw LakehouseException.because(
          cause,
          ErrorCode.TRANSIENT,
          "The %s tower of %s runs nothing on %s, not even the least input: %s. Look after the"
              + " device of this executor; 'lakehouse doctor' tells whether the model is sound",
          spec().tower(),
          spec().bundle(),
          device(),
          cause.getMessage());
    }
  }

  /** What is wrong with the input is its outcome; all else fails the task. */
  @Override
  public final EmbedOutcome failed(Throwable cause) throws Exception {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof ItemException item) {
      return EmbedOutcome.failed(item.code(), message);
    }
    if (cause instanceof InferenceException inference) {
      requireRunning(inference);
      return EmbedOutcome.failed(
          inference.outOfMemory() ? ItemError.OUT_OF_MEMORY : ItemError.INTERNAL, message);
    }
    if (cause instanceof OutOfMemoryError) {
      return EmbedOutcome.failed(ItemError.OUT_OF_MEMORY, message);
    }
    if (cause instanceof TimeoutException) {
      return EmbedOutcome.failed(ItemError.TIME_LIMIT, message);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw (Exception) cause;
  }
}
