// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.engine.InferenceException;
import dev.lakehouse.core.bundle.engine.Scratch;
import dev.lakehouse.core.bundle.engine.Tensor;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes of an item what one tower reads. Threads share it.
 *
 * @param <P> an item, prepared
 */
public interface Preparation<P> {

  /**
   * Prepared items side by side.
   *
   * @param tensors by what they hold
   * @param mask which positions count, for towers with positions; all of them without
   * @param parts how many rows belong to each item, whose vector is the mean of theirs; empty where
   *     each has one
   */
  record Batch(
      Map<Input, Tensor> tensors, Optional<LongBuffer> mask, Optional<List<Integer>> parts) {

    /** One of items with a row each. */
    public static Batch of(Map<Input, Tensor> tensors, Optional<LongBuffer> mask) {
      return new Batch(tensors, mask, Optional.empty());
    }
  }

  /** Whether it reads what a store keeps from a file, however large, rather than from memory. */
  default boolean isFromFile() {
    return false;
  }

  /** How much longer than others preparing an item may take. */
  default Duration patience() {
    return Duration.ZERO;
  }

  /** About how many bytes of memory preparing it takes, beside the input and what comes of it. */
  long bytesToPrepare(EmbedInput input);

  /**
   * Prepares an item of the tower's kind.
   *
   * @throws ItemException if it cannot be decoded
   * @throws InferenceException if the tower's own files cannot take it
   */
  P prepare(EmbedInput input) throws ItemException;

  /** Bytes of memory that a prepared item holds. */
  long bytes(P prepared);

  /** Positions of a prepared item in a batch; 1 where items have none. */
  int length(P prepared);

  /** The least that the tower must be able to run. */
  P least();

  /** Puts items side by side, in memory that is given back after the batch. */
  Batch batch(List<P> items, Scratch scratch);
}
