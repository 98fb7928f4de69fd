// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.core.bundle.description.TokenizerSpec;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.Scratch;
import dev.lakehouse.core.bundle.engine.Tokens;
import dev.lakehouse.core.codec.text.HtmlText;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Preparation;
import java.util.List;
import java.util.Optional;

/** Cuts a text into the tokens that a tower reads, after what its makers put in front of it. */
final class TextPreparation implements Preparation<Tokens> {
  private final LoadedTower loaded;
  private final TokenizerSpec tokenizer;

  TextPreparation(LoadedTower loaded) {
    this.loaded = loaded;
    this.tokenizer = loaded.tower().requireTokenizer();
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
    String text =
        input instanceof EmbedInput.Text inline
            ? inline.text()
            : new String(((EmbedInput.Bytes) input).bytes(), UTF_8);
    return loaded.tokens(tokenizer.documentPrompt() + HtmlText.readable(text));
  }

  @Override
  public long bytes(Tokens tokens) {
    return 2L * Long.BYTES * tokens.length();
  }

  @Override
  public int length(Tokens tokens) {
    return Math.max(tokens.length(), Math.max(1, tokenizer.padTo()));
  }

  @Override
  public Tokens least() {
    return loaded.tokens("");
  }

  @Override
  public Batch batch(List<Tokens> texts, Scratch scratch) {
    TokenBatch batch = TokenBatch.of(texts, tokenizer, scratch);
    return Batch.of(batch.tensors(), Optional.of(batch.mask().values()));
  }
}
