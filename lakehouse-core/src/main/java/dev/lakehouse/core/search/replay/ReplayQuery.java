// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.replay;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.search.SearchMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A question and what it is to find.
 *
 * @param words that are looked for
 * @param family that is asked
 * @param mode by which
 * @param expected ids of assets, or places that they came from, whole or how they end; none where
 *     nothing in the lake is about the question
 */
public record ReplayQuery(String words, String family, SearchMode mode, List<String> expected) {
  private static final int ID_DIGITS = 12;
  private static final Set<String> KEYS =
      new TreeSet<>(Set.of("id", "words", "family", "mode", "expected"));

  public ReplayQuery {
    requireNonNull(family, "family is null");
    requireNonNull(mode, "mode is null");
    expected = expected.stream().distinct().toList();
    if (words.isBlank()) {
      throw invalid("it has no words");
    }
    if (expected.stream().anyMatch(String::isBlank)) {
      throw invalid("'%s' expects something without a name".formatted(words));
    }
  }

  /** Names it: equal questions have equal ids, whatever they are to find. */
  public String id() {
    return Digests.ofParts(List.of(words, family, mode.word())).substring(0, ID_DIGITS);
  }

  /** Whether nothing in the lake is about it. */
  public boolean isOffTopic() {
    return expected.isEmpty();
  }

  /** Whether a hit is what is expected by a name. */
  static boolean isMet(String expected, Hit hit) {
    String uri = hit.row().text(IndexColumns.URI).orElse("");
    return hit.assetId().equals(expected) || uri.equals(expected) || uri.endsWith("/" + expected);
  }

  /** As JSON: {@code {"id", "words", "family", "mode", "expected": [name]}}. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id());
    json.put("words", words);
    json.put("family", family);
    json.put("mode", mode.word());
    json.put("expected", expected);
    return json;
  }

  /**
   * Reads one; what is not given is family text, mode vector.
   *
   * @throws LakehouseException CONFIG_INVALID if that is none
   */
  static ReplayQuery of(JsonNode json) {
    if (!json.isObject()) {
      throw invalid("an object was expected but found " + Json.line(json));
    }
    json.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw invalid("key '%s' is none of %s".formatted(key, KEYS));
              }
            });
    return new ReplayQuery(
        text(json, "words", ""),
        text(json, "family", FamilySpec.TEXT),
        SearchMode.of(text(json, "mode", SearchMode.VECTOR.word())),
        names(json));
  }

  private static String text(JsonNode json, String key, String fallback) {
    JsonNode value = json.path(key);
    if (!value.isMissingNode() && !value.isTextual()) {
      throw invalid("%s must be a text but is %s".formatted(key, Json.line(value)));
    }
    return value.asText(fallback);
  }

  private static List<String> names(JsonNode json) {
    JsonNode names = json.path("expected");
    if (!names.isArray()) {
      throw invalid("expected must be a list, empty where nothing is to be found");
    }
    List<String> expected = new ArrayList<>();
    for (JsonNode name : names) {
      if (!name.isTextual()) {
        throw invalid("expected must hold texts but holds " + Json.line(name));
      }
      expected.add(name.asText());
    }
    return expected;
  }

  private static LakehouseException invalid(String why) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Cannot take a question for replay: %s. It is {\"words\": \"…\", \"family\": \"text\", \"mode\":"
            + " \"vector\", \"expected\": [\"asset id or source\"]}",
        why);
  }
}
