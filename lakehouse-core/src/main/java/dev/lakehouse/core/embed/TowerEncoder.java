// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.batch.PumpSteps;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.Pooled;
import dev.lakehouse.core.bundle.engine.Scratch;
import java.time.Duration;
import java.util.List;

/**
 * Items of one kind to vectors.
 *
 * @param <P> an item, prepared for the tower
 */
final class TowerEncoder<P> extends EmbedSteps<P> implements Encoder {
  private final EncoderSpec spec;
  private final LoadedTower loaded;
  private final Preparation<P> preparation;

  TowerEncoder(EncoderSpec spec, LoadedTower loaded, Preparation<P> preparation) {
    this.spec = spec;
    this.loaded = loaded;
    this.preparation = preparation;
  }

  @Override
  public EncoderSpec spec() {
    return spec;
  }

  @Override
  public String device() {
    return loaded.device();
  }

  @Override
  public boolean isBatchDependent() {
    return loaded.isBatchDependent();
  }

  @Override
  public PumpSteps<EmbedInput, ?, EmbedOutcome> steps() {
    return this;
  }

  @Override
  boolean isFromFile() {
    return preparation.isFromFile();
  }

  @Override
  public Duration patience(EmbedInput input) {
    return preparation.patience();
  }

  @Override
  public long bytesToPrepare(EmbedInput input) {
    return preparation.bytesToPrepare(input);
  }

  @Override
  public P prepare(EmbedInput input) throws ItemException {
    if (!input.kind().equals(spec.tower())) {
      throw new IllegalArgumentException(
          "The %s tower of %s reads no %s".formatted(spec.tower(), spec.bundle(), input.kind()));
    }
    return preparation.prepare(input);
  }

  @Override
  public long preparedBytes(P prepared) {
    return preparation.bytes(prepared);
  }

  @Override
  public int length(P prepared) {
    return preparation.length(prepared);
  }

  @Override
  P least() {
    return preparation.least();
  }

  @Override
  float[][] vectors(List<P> items) {
    Scratch scratch = loaded.borrow();
    try {
      Preparation.Batch batch = preparation.batch(items, scratch);
      int rows =
          batch
              .parts()
              .map(parts -> parts.stream().mapToInt(Integer::intValue).sum())
              .orElse(items.size());
      float[][] vectors = loaded.vectors(batch.tensors(), rows, batch.mask());
      return batch.parts().map(parts -> Pooled.means(vectors, parts)).orElse(vectors);
    } finally {
      loaded.giveBack(scratch);
    }
  }
}
