// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.bundle.description.Checks;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a model is trained to read in front of a text.
 *
 * @param query in front of what is searched for
 * @param document in front of what is found
 */
record Prompts(String query, String document) {
  /** Nothing in front of anything. */
  static final Prompts NONE = new Prompts("", "");

  private static final String FILE = "config_sentence_transformers.json";
  private static final KnownKeys KEYS =
      new KnownKeys(
          FILE,
          Set.of("prompts", "default_prompt_name", "similarity_fn_name", "model_type"),
          Set.of("__version__"));

  /** Whether there are none. */
  boolean isEmpty() {
    return equals(NONE);
  }

  /**
   * Those of an export, as {@code encode_query} and {@code encode_document} of
   * sentence-transformers choose them.
   *
   * @throws IllegalArgumentException if the file asks for what cannot be done
   */
  static Prompts read(ExportFolder export, SentenceModules modules, ImportNotes notes)
      throws IOException {
    Optional<JsonNode> found = export.json(FILE);
    if (found.isEmpty()) {
      return NONE;
    }
    JsonNode config = found.get();
    KEYS.require(config, notes);
    requireCosine(config, modules);
    String type = config.path("model_type").asText("SentenceTransformer");
    Checks.check(
        type.equals("SentenceTransformer"),
        "%s: model_type is %s: expected SentenceTransformer, which gives one vector for a text",
        FILE,
        type);
    Prompts prompts = of(config, notes);
    boolean included = modules.pooling().map(PoolingConfig::includesPrompt).orElse(true);
    Checks.check(
        prompts.isEmpty() || included,
        "%s has prompts, and the pooling leaves them out (include_prompt is false): expected true."
            + " Such a pooling cannot be done here",
        FILE);
    return prompts;
  }

  private static Prompts of(JsonNode config, ImportNotes notes) {
    JsonNode prompts = config.path("prompts");
    String unsaid = config.path("default_prompt_name").asText("");
    boolean named = config.hasNonNull("default_prompt_name");
    Checks.check(
        !named || prompts.path(unsaid).isTextual(),
        "%s: default_prompt_name is %s: expected one of the prompts %s",
        FILE,
        unsaid,
        prompts);
    String general = named ? prompts.path(unsaid).asText() : "";
    Prompts chosen =
        new Prompts(
            first(prompts, List.of("query"), general),
            first(prompts, List.of("document", "passage", "corpus"), general));
    if (!chosen.isEmpty()) {
      notes.add(
          "%s: '%s' is put in front of queries, '%s' in front of documents",
          FILE, chosen.query(), chosen.document());
    }
    return chosen;
  }

  private static String first(JsonNode prompts, List<String> names, String otherwise) {
    return names.stream()
        .filter(name -> prompts.path(name).isTextual())
        .map(name -> prompts.get(name).asText())
        .findFirst()
        .orElse(otherwise);
  }

  /** Vectors have norm 1 here, so a product of others would be another order. */
  private static void requireCosine(JsonNode config, SentenceModules modules) {
    String similarity = config.path("similarity_fn_name").asText("cosine");
    boolean same =
        similarity.equals("cosine")
            || modules.normalises() && Set.of("dot", "euclidean").contains(similarity);
    Checks.check(
        same,
        "%s: similarity_fn_name is %s, of vectors that are not normalised: expected cosine, which is"
            + " how vectors are compared here. Change the key if cosine will do",
        FILE,
        similarity);
  }
}
