// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.batch.PumpSteps;
import java.util.List;

/** A user's function as the steps of a pump, whose items are whole batches. */
final class FunctionSteps implements PumpSteps<RowBatch, RowBatch, Answer> {
  private final Instances instances;

  FunctionSteps(Instances instances) {
    this.instances = instances;
  }

  @Override
  public boolean isRemote(RowBatch batch) {
    return false;
  }

  @Override
  public RowBatch fetch(RowBatch batch) {
    return batch;
  }

  @Override
  public long bytes(RowBatch batch) {
    return batch.bytes();
  }

  /** Its rows stand in Arrow too while the function has them. */
  @Override
  public long bytesToPrepare(RowBatch batch) {
    return batch.bytes();
  }

  @Override
  public RowBatch prepare(RowBatch batch) {
    return batch;
  }

  @Override
  public long preparedBytes(RowBatch batch) {
    return 2 * batch.bytes();
  }

  @Override
  public int length(RowBatch batch) {
    return 1;
  }

  @Override
  public List<Answer> infer(List<RowBatch> batches) {
    return batches.stream().map(instances::apply).toList();
  }

  /** A batch has an answer or the task fails; there is nothing between. */
  @Override
  public Answer failed(Throwable cause) throws Exception {
    if (cause instanceof Error error) {
      throw error;
    }
    throw (Exception) cause;
  }
}
