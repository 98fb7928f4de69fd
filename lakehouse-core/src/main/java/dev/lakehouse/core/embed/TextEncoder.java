// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.bundle.LoadedTower;
import dev.lakehouse.core.bundle.Tensor;
import dev.lakehouse.core.bundle.TextTower;
import dev.lakehouse.core.bundle.TokenizerSpec;
import dev.lakehouse.core.bundle.Tokens;
import dev.lakehouse.core.codec.HtmlText;
import java.util.List;
import java.util.Optional;

/** Texts to vectors. */
final class TextEncoder implements Encoder, Batch.Steps<Tokens> {
  private final EncoderSpec spec;
  private final LoadedTower loaded;
  private final TokenizerSpec tokenizer;

  TextEncoder(EncoderSpec spec, LoadedTower loaded, TextTower tower) {
    this.spec = spec;
    this.loaded = loaded;
    this.tokenizer = tower.tokenizer();
  }

  @Override
  public EncoderSpec spec() {
    return spec;
  }

  @Override
  public List<EmbedOutcome> encode(List<EmbedInput> inputs) {
    return Batch.encode(inputs, this);
  }

  @Override
  public Tokens prepare(EmbedInput input) {
    if (!(input instanceof EmbedInput.Text text)) {
      throw new IllegalArgumentException("The text tower of %s reads no images".formatted(spec));
    }
    return loaded.tokens(HtmlText.readable(text.text()));
  }

  @Override
  public float[][] infer(List<Tokens> texts) {
    TokenBatch batch = TokenBatch.of(texts, tokenizer);
    Tensor.Floats output = loaded.run(batch.tensors());
    return Pooled.of(
        output, loaded.tower().graph(), batch.rows(), Optional.of(batch.mask().values()));
  }
}
