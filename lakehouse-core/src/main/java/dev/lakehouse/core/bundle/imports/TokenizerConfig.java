// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.TokenizerSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/** Finds out how long a text may be and what pads it; an export says so in many places. */
final class TokenizerConfig {
  static final String FILE = "tokenizer.json";

  /** Tokenizers without a limit state a number of about 10^30. */
  private static final int LONGEST = 32_768;

  /** How versions of sentence-transformers call the file of their transformer. */
  private static final List<String> SENTENCE =
      List.of(
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_albert_config.json",
          "sentence_xlm-roberta_config.json",
          "sentence_xlnet_config.json");

  private static final Set<String> SENTENCE_APPLIED = Set.of("max_seq_length", "do_lower_case");
  private static final Set<String> SENTENCE_HARMLESS =
      Set.of("transformer_task", "modality_config", "module_output_name");

  private final JsonNode tokenizer;
  private final JsonNode tokenizerConfig;
  private final JsonNode sentence;
  private final JsonNode whole;
  private final JsonNode model;

  private TokenizerConfig(ExportFolder export, String transformer, ImportNotes notes)
      throws IOException {
    this.tokenizer = export.json(FILE).orElse(nothing());
    this.tokenizerConfig = export.json("tokenizer_config.json").orElse(nothing());
    this.sentence = sentence(export, transformer, notes);
    this.whole = export.json("config.json").orElse(nothing());
    this.model = whole.has("text_config") ? whole.get("text_config") : whole;
  }

  private JsonNode sentence(ExportFolder export, String transformer, ImportNotes notes)
      throws IOException {
    for (String folder : List.of(transformer, "")) {
      for (String name : SENTENCE) {
        Optional<JsonNode> found = export.json(folder + name);
        if (found.isPresent()) {
          new KnownKeys(name, SENTENCE_APPLIED, SENTENCE_HARMLESS).require(found.get(), notes);
          Checks.check(
              !found.get().path("do_lower_case").asBoolean(false) || lowers(tokenizer),
              "%s: do_lower_case is true, but tokenizer.json does not lower case: expected a"
                  + " normalizer that does. Write one into tokenizer.json",
              name);
          return found.get();
        }
      }
    }
    return nothing();
  }

  private static boolean lowers(JsonNode tokenizer) {
    JsonNode normalizer = tokenizer.path("normalizer");
    List<JsonNode> steps = new ArrayList<>(List.of(normalizer));
    normalizer.path("normalizers").forEach(steps::add);
    return steps.stream()
        .anyMatch(
            step ->
                step.path("type").asText().equals("Lowercase")
                    || step.path("lowercase").asBoolean(false));
  }

  private static JsonNode nothing() {
    return MissingNode.getInstance();
  }

  /**
   * How a text becomes token ids.
   *
   * @param sha256 digest of {@code tokenizer.json}
   * @param network that reads them
   * @param transformer folder of the transformer in the export
   */
  static TokenizerSpec read(
      ExportFolder export,
      String sha256,
      StagedNetwork network,
      String transformer,
      Prompts prompts,
      ImportNotes notes)
      throws IOException {
    TokenizerConfig config = new TokenizerConfig(export, transformer, notes);
    OptionalLong fixed = network.declared(Input.TOKEN_IDS).orElseThrow().fixed(1);
    int most = (int) Math.min(config.maxTokens(fixed), fixed.orElse(LONGEST));
    int padTo = Math.min(most, config.padTo(network, fixed, most));
    return new TokenizerSpec(
        FILE, sha256, most, config.padId(padTo > 0), padTo, prompts.query(), prompts.document());
  }

  /** Without a mask padding is read like words, so as many as the model was trained with. */
  private int padTo(StagedNetwork network, OptionalLong fixed, int most) {
    boolean masked = network.takes(Input.ATTENTION_MASK);
    boolean siglip = isSiglip(whole);
    Checks.check(
        !siglip || !masked,
        "%s has an attention_mask, but config.json says model_type %s, which reads its padding:"
            + " expected input_ids alone. Export it without the mask",
        network.file(),
        whole.path("model_type").asText());
    if (fixed.isPresent() || siglip) {
      return most;
    }
    return masked ? 0 : tokenizer.at("/padding/strategy/Fixed").asInt(0);
  }

  /** Whether a {@code config.json} is of a model of the family SigLIP. */
  static boolean isSiglip(JsonNode config) {
    return config.path("model_type").asText().startsWith("siglip");
  }

  private int maxTokens(OptionalLong fixed) {
    return (int)
        LongStream.of(
                sentence.path("max_seq_length").asLong(),
                length(tokenizerConfig.path("model_max_length")),
                tokenizer.at("/truncation/max_length").asLong(),
                model.path("max_position_embeddings").asLong(),
                fixed.orElse(0))
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

  private long padId(boolean matters) {
    JsonNode declared = tokenizer.at("/padding/pad_id");
    if (declared.isNumber()) {
      return declared.asLong();
    }
    JsonNode token = tokenizerConfig.path("pad_token");
    OptionalLong id = idOf(token.path("content").asText(token.asText("")));
    if (id.isPresent()) {
      return id.getAsLong();
    }
    JsonNode stated = model.path("pad_token_id");
    Checks.check(
        !matters || stated.isNumber(),
        "no file says which token is padding, and the network reads it: expected pad_token in"
            + " tokenizer_config.json. Copy that file from the model's repository");
    return stated.asLong(0);
  }

  private OptionalLong idOf(String word) {
    for (JsonNode added : tokenizer.path("added_tokens")) {
      if (added.path("content").asText().equals(word)) {
        return OptionalLong.of(added.path("id").asLong());
      }
    }
    JsonNode inVocabulary = tokenizer.path("model").path("vocab").path(word);
    return inVocabulary.isNumber() ? OptionalLong.of(inVocabulary.asLong()) : OptionalLong.empty();
  }
}
