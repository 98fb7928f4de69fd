// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.curate;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.batch.Steps;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.TextCodec;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.curate.ImageProbe;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.curate.TextProbe;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Reading and measuring one item as a step that may take too long. There is no batch to run.
 *
 * @param contents where blobs are read
 * @param limits on what is decoded
 * @param run that measures, for the rows
 */
record MeasureSteps(Contents contents, Limits limits, String run)
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
  public Values prepare(MeasureInput item) throws ItemException {
    String sha256 = item.sha256();
    return switch (item.probe()) {
      case Probes.IMAGE -> ImageProbe.measure(sha256, contents.bytes(item.content()), limits, run);
      case Probes.TEXT -> TextProbe.measure(sha256, text(item.content()), run);
      default -> throw new IllegalArgumentException("No probe " + item.probe());
    };
  }

  private String text(Content content) throws ItemException {
    return content.text().isPresent()
        ? content.text().get()
        : TextCodec.decode(contents.bytes(content)).text();
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
    if (cause instanceof ItemException codec) {
      return new Measured.Failed(codec.code(), String.valueOf(codec.getMessage()));
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
