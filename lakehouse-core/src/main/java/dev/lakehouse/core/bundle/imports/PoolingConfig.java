// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.Pooling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code config.json} of a pooling of sentence-transformers.
 *
 * @param file where it stands, for people
 * @param config what stands there
 */
record PoolingConfig(String file, JsonNode config) {
  private static final Map<String, String> MODES =
      Map.of(
          "pooling_mode_cls_token", "cls",
          "pooling_mode_mean_tokens", "mean",
          "pooling_mode_max_tokens", "max",
          "pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens",
          "pooling_mode_weightedmean_tokens", "weightedmean",
          "pooling_mode_lasttoken", "lasttoken");
  private static final Set<String> OTHERS =
      Set.of("pooling_mode", "word_embedding_dimension", "embedding_dimension", "include_prompt");

  /**
   * How positions become one vector.
   *
   * @param width numbers of a position
   * @throws IllegalArgumentException if it is none or several of those that are known here
   */
  Pooling pooling(int width, ImportNotes notes) {
    new KnownKeys(file, MODES.keySet(), OTHERS).require(config, notes);
    int declared = config.path("word_embedding_dimension").asInt(width);
    Checks.check(
        declared == width,
        "%s: word_embedding_dimension is %d, but the network gives %d numbers a position: expected"
            + " the same. Export network and pooling from one model",
        file,
        declared,
        width);
    List<String> modes = modes();
    Checks.check(
        modes.equals(List.of("mean")) || modes.equals(List.of("cls")),
        "%s: the pooling is %s: expected mean alone or cls alone. Export the whole model as one"
            + " network that gives sentence_embedding",
        file,
        modes);
    return modes.get(0).equals("mean") ? Pooling.MEAN : Pooling.FIRST;
  }

  /** Whether the words of a prompt count among the pooled ones, as they do here. */
  boolean includesPrompt() {
    return config.path("include_prompt").asBoolean(true);
  }

  private List<String> modes() {
    List<String> modes = new ArrayList<>();
    MODES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .filter(mode -> config.path(mode.getKey()).asBoolean(false))
        .forEach(mode -> modes.add(mode.getValue()));
    JsonNode word = config.path("pooling_mode");
    if (word.isArray()) {
      word.forEach(each -> modes.add(each.asText()));
    } else if (word.isTextual()) {
      modes.add(word.asText());
    }
    return modes.stream().distinct().toList();
  }
}
