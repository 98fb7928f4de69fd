// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.time.Duration;
import java.util.List;

/**
 * What is done to items of one kind. Several threads call every method at once.
 *
 * @param <I> an item as it is submitted
 * @param <P> an item prepared for the device
 * @param <O> what becomes of an item
 */
public interface PumpSteps<I, P, O> {

  /** Whether the item must be fetched before it can be prepared. */
  boolean isRemote(I item);

  /**
   * The item with what it named at hand; may block on storage.
   *
   * @throws Exception see {@link #failed}
   */
  I fetch(I item) throws Exception;

  /** Bytes that an item holds; of a remote one, those that it is expected to hold once fetched. */
  long bytes(I item);

  /** Bytes that preparing takes beside them, as far as that can be told beforehand; not remote. */
  long bytesToPrepare(I item);

  /**
   * Decodes and preprocesses one item; uses one core.
   *
   * @throws Exception see {@link #failed}
   */
  P prepare(I item) throws Exception;

  /** How much longer than others preparing an item may take. */
  default Duration patience(I item) {
    return Duration.ZERO;
  }

  /** Bytes that a prepared item holds. */
  long preparedBytes(P prepared);

  /** What a batch is padded to, such as tokens; 1 where all are alike. */
  int length(P prepared);

  /**
   * Runs a batch.
   *
   * @return an outcome for each, in order
   * @throws Exception if the batch could not be run; each half of it is tried then
   */
  List<O> infer(List<P> batch) throws Exception;

  /**
   * The outcome of an item that a step threw at. Throws, instead, what shall fail the task that
   * submitted it.
   */
  O failed(Throwable cause) throws Exception;
}
