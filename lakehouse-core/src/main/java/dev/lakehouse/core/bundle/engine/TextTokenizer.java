// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.nio.file.Path;

/** A tokenizer of Hugging Face; threads may share it. */
public final class TextTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;

  private TextTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Opens a {@code tokenizer.json}. Its own padding is switched off: a batch is padded when it is
   * put together.
   */
  public static TextTokenizer open(Path file, int maxTokens) {
    NativeRuntime.require();
    try {
      return new TextTokenizer(
          HuggingFaceTokenizer.builder()
              .optTokenizerPath(file)
              .optAddSpecialTokens(true)
              .optTruncation(true)
              .optMaxLength(maxTokens)
              .optPadding(false)
              .build());
    } catch (IOException | RuntimeException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.MODEL_INVALID,
          "Cannot read tokenizer %s: %s. Expected a tokenizer.json of Hugging Face",
          file,
          e.getMessage());
    }
  }

  public Tokens encode(String text) {
    try {
      Encoding encoding = tokenizer.encode(text);
      return new Tokens(encoding.getIds(), encoding.getTypeIds());
    } catch (RuntimeException e) {
      throw new InferenceException("Cannot cut the text into tokens: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
