// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.curate;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.batch.Steps;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.curate.Outcomes;
import dev.lakehouse.core.curate.Probes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Reading and measuring one item as a step that may take too long. There is no batch to run.
 *
 * @param probes that measure
 * @param outcomes what their rows are
 * @param contents where blobs are read
 * @param limits on what is decoded
 */
record MeasureSteps(Probes probes, Outcomes outcomes, Contents contents, Limits limits)
    implements Steps<MeasureInput, Values, Measured> {

  @Override
  public boolean isRemote(MeasureInput item) {
    return false; // a store that hangs costs one item too
  }

  @Override
  public MeasureInput fetch(MeasureInput item) {
    return item;
  }

  @Override
  public long bytes(MeasureInput item) {
    return 0;
  }

  @Override
  public long bytesToPrepare(MeasureInput item) {
    return 0;
  }

  @Override
  public Duration patience(MeasureInput item) {
    return probes.named(item.probe()).patience(limits);
  }

  @Override
  public Values prepare(MeasureInput item) throws ItemException {
    Values row = outcomes.row(item.sha256(), item.probe());
    try (Opened content = contents.open(item.content())) {
      probes.named(item.probe()).measure(content, limits, row);
    }
    return row;
  }

  @Override
  public long preparedBytes(Values figures) {
    return 0;
  }

  @Override
  public int length(Values figures) {
    return 1;
  }

  @Override
  public List<Measured> infer(List<Values> batch) {
    return batch.stream().<Measured>map(Measured.Figures::new).toList();
  }

  @Override
  public Measured failed(Throwable cause) throws Exception {
    if (cause instanceof ItemException item) {
      return new Measured.Failed(item.code(), String.valueOf(item.getMessage()));
    }
    if (cause instanceof OutOfMemoryError) {
      return new Measured.Failed(ItemError.OUT_OF_MEMORY, "No memory to hold or to measure it");
    }
    if (cause instanceof TimeoutException) {
      return new Measured.Failed(ItemError.TIME_LIMIT, String.valueOf(cause.getMessage()));
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw (Exception) cause;
  }
}
