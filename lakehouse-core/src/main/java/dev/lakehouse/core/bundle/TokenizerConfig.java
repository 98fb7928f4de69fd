// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Finds out how long a text may be and what pads it; an export says so in many places. */
final class TokenizerConfig {
  static final String FILE = "tokenizer.json";

  /** Tokenizers without a limit state a number of about 10^30. */
  private static final int LONGEST = 32_768;

  private final JsonNode tokenizer;
  private final JsonNode tokenizerConfig;
  private final JsonNode sentence;
  private final JsonNode model;

  private TokenizerConfig(ExportFolder export) throws IOException {
    this.tokenizer = export.json(FILE).orElse(nothing());
    this.tokenizerConfig = export.json("tokenizer_config.json").orElse(nothing());
    this.sentence = export.json("sentence_bert_config.json").orElse(nothing());
    JsonNode config = export.json("config.json").orElse(nothing());
    this.model = config.has("text_config") ? config.get("text_config") : config;
  }

  private static JsonNode nothing() {
    return MissingNode.getInstance();
  }

  /**
   * How a text becomes token ids.
   *
   * @param sha256 digest of {@code tokenizer.json}
   * @param masked whether the network is told which tokens are padding
   */
  static TokenizerSpec read(ExportFolder export, String sha256, boolean masked) throws IOException {
    TokenizerConfig config = new TokenizerConfig(export);
    int maxTokens = config.maxTokens();
    int padTo = masked ? 0 : config.tokenizer.at("/padding/strategy/Fixed").asInt(0);
    return new TokenizerSpec(FILE, sha256, maxTokens, config.padId(), Math.min(padTo, maxTokens));
  }

  private int maxTokens() {
    return (int)
        LongStream.of(
                sentence.path("max_seq_length").asLong(),
                length(tokenizerConfig.path("model_max_length")),
                tokenizer.at("/truncation/max_length").asLong(),
                model.path("max_position_embeddings").asLong())
            .filter(length -> length > 0 && length <= LONGEST)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no file says how many tokens the model reads: expected max_seq_length in"
                            + " sentence_bert_config.json, model_max_length in"
                            + " tokenizer_config.json or max_position_embeddings in config.json"));
  }

  private static long length(JsonNode number) {
    return number.isNumber() && number.asDouble() <= LONGEST ? number.asLong() : 0;
  }

  private long padId() {
    JsonNode declared = tokenizer.at("/padding/pad_id");
    if (declared.isNumber()) {
      return declared.asLong();
    }
    JsonNode token = tokenizerConfig.path("pad_token");
    String word = token.path("content").asText(token.asText(""));
    OptionalLong added = idOf(word);
    return added.orElseGet(() -> model.path("pad_token_id").asLong(0));
  }

  private OptionalLong idOf(String word) {
    for (JsonNode added : tokenizer.path("added_tokens")) {
      if (added.path("content").asText().equals(word)) {
        return OptionalLong.of(added.path("id").asLong());
      }
    }
    return OptionalLong.empty();
  }
}
