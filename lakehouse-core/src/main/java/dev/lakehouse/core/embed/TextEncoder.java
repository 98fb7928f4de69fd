// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.core.batch.Steps;
import dev.lakehouse.core.bundle.LoadedTower;
import dev.lakehouse.core.bundle.Scratch;
import dev.lakehouse.core.bundle.TextTower;
import dev.lakehouse.core.bundle.TokenizerSpec;
import dev.lakehouse.core.bundle.Tokens;
import dev.lakehouse.core.codec.HtmlText;
import java.util.List;
import java.util.Optional;

/** Texts to vectors. */
final class TextEncoder extends EmbedSteps<Tokens> implements Encoder {
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
  public String device() {
    return loaded.device();
  }

  @Override
  public boolean isBatchDependent() {
    return loaded.isBatchDependent();
  }

  @Override
  public Steps<EmbedInput, ?, EmbedOutcome> steps() {
    return this;
  }

  @Override
  EmbedInput of(byte[] bytes) {
    return EmbedInput.text(new String(bytes, UTF_8));
  }

  /** What of the text is visible is a copy of it, and its tokens take about as much again. */
  @Override
  public long bytesToPrepare(EmbedInput input) {
    return 2 * input.size();
  }

  @Override
  public Tokens prepare(EmbedInput input) {
    if (input instanceof EmbedInput.Query query) {
      return loaded.tokens(tokenizer.queryPrompt() + HtmlText.readable(query.text()));
    }
    if (input instanceof EmbedInput.Text text) {
      return loaded.tokens(tokenizer.documentPrompt() + HtmlText.readable(text.text()));
    }
    throw new IllegalArgumentException("The text tower of %s reads no images".formatted(spec));
  }

  @Override
  public long preparedBytes(Tokens tokens) {
    return 2L * Long.BYTES * tokens.length();
  }

  @Override
  public int length(Tokens tokens) {
    return Math.max(tokens.length(), Math.max(1, tokenizer.padTo()));
  }

  @Override
  Tokens probe() {
    return loaded.tokens("");
  }

  @Override
  float[][] vectors(List<Tokens> texts) {
    Scratch scratch = loaded.borrow();
    try {
      TokenBatch batch = TokenBatch.of(texts, tokenizer, scratch);
      return loaded.vectors(batch.tensors(), batch.rows(), Optional.of(batch.mask().values()));
    } finally {
      loaded.giveBack(scratch);
    }
  }
}
