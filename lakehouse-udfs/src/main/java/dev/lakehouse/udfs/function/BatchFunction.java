// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A user's function over Arrow batches, with whatever it keeps between them: a model, a client, a
 * table.
 *
 * <p>An executor makes an instance when it first needs one, as many as the concurrency at most, and
 * keeps it for all its tasks. An instance is used by one thread at a time, not always by the same
 * one. After it threw it is closed, and another one is made when it is needed.
 */
public interface BatchFunction extends AutoCloseable {

  /**
   * Answers one batch.
   *
   * <p>May be called again for the same rows, when Spark repeats a task: what it does elsewhere has
   * to bear that.
   *
   * @param batch the columns asked for, in that order; it ends with the call. Its vectors may be
   *     passed on in the answer
   * @param allocator for the vectors of the answer and for what is needed meanwhile; what lives
   *     longer comes from {@link BatchContext#allocator}
   * @return the declared columns in their order, with one row for each row of the batch and in the
   *     same order; a new one for each call, which the caller closes
   * @throws Exception to fail the task, which Spark may try again
   */
  VectorSchemaRoot apply(VectorSchemaRoot batch, BufferAllocator allocator) throws Exception;

  /** Gives back what it holds; called once, when nobody has needed it for a while. */
  @Override
  default void close() throws Exception {}
}
