// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.batch;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.batch.PumpSteps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Work on one item as a step that may take too long. There is no batch to run. */
record ItemSteps<I, P>(String participle, ItemWork<I, P> work)
    implements PumpSteps<I, P, ItemOutcome<P>> {

  @Override
  public boolean isRemote(I item) {
    return false; // a store that hangs costs one item too
  }

  @Override
  public I fetch(I item) {
    return item;
  }

  @Override
  public long bytes(I item) {
    return 0;
  }

  @Override
  public long bytesToPrepare(I item) {
    return 0;
  }

  @Override
  public Duration patience(I item) {
    return work.patience(item);
  }

  @Override
  public P prepare(I item) throws ItemException {
    return work.of(item);
  }

  @Override
  public long preparedBytes(P prepared) {
    return 0;
  }

  @Override
  public int length(P prepared) {
    return 1;
  }

  @Override
  public List<ItemOutcome<P>> infer(List<P> batch) {
    return batch.stream().<ItemOutcome<P>>map(ItemOutcome.Done::new).toList();
  }

  @Override
  public ItemOutcome<P> failed(Throwable cause) throws Exception {
    if (cause instanceof ItemException item) {
      return new ItemOutcome.Failed<>(item.code(), String.valueOf(item.getMessage()));
    }
    if (cause instanceof OutOfMemoryError) {
      return new ItemOutcome.Failed<>(
          ItemError.OUT_OF_MEMORY, "No memory to hold or to %s it".formatted(participle));
    }
    if (cause instanceof TimeoutException) {
      return new ItemOutcome.Failed<>(ItemError.TIME_LIMIT, String.valueOf(cause.getMessage()));
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw (Exception) cause;
  }
}
