// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.curate.Decision;
import dev.lakehouse.core.serve.Previews;
import dev.lakehouse.core.serve.Review;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Shows what waits for a reviewer, and keeps what reviewers say. There only where a service was
 * started so: what waits is not published, and decisions are written into the lake.
 */
final class ReviewAnswers {
  private static final int PAGE = 24;
  private static final int MOST_SHOWN = 100;
  private static final int MOST_DECIDED = 100; // assets of one decision
  private static final int MOST_NAME = 100; // characters
  private static final int MOST_REASON = 1_000;

  private final Review review;
  private final Workers workers;
  private final Gate gate;
  private final Bodies bodies;
  private final ContentAnswer contents;
  private final Previews previews;

  ReviewAnswers(
      Review review,
      Workers workers,
      Gate gate,
      Bodies bodies,
      ContentAnswer contents,
      Previews previews) {
    this.review = review;
    this.workers = workers;
    this.gate = gate;
    this.bodies = bodies;
    this.contents = contents;
    this.previews = previews;
  }

  void waiting(Exchange exchange) throws Exception {
    int most = shown(exchange.query("k"));
    Review.Which which = which(exchange.query("which").orElse("open"));
    String reason = exchange.query("reason").orElse("");
    String after = exchange.query("after").orElse("");
    exchange.json(
        workers.run(
            () -> {
              try {
                return Exchange.bytes(review.page(which, reason, after, most));
              } catch (IllegalArgumentException e) {
                throw new Refusal(400, "'after' is what 'next' of the page before said");
              }
            }));
  }

  private static int shown(Optional<String> k) {
    String text = k.orElse(String.valueOf(PAGE));
    int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MOST_SHOWN) {
      throw new Refusal(400, "'k' is a number from 1 to %d".formatted(MOST_SHOWN));
    }
    return number;
  }

  private static Review.Which which(String word) {
    for (Review.Which which : Review.Which.values()) {
      if (which.name().toLowerCase(Locale.ROOT).equals(word)) {
        return which;
      }
    }
    throw new Refusal(400, "'which' is open or decided");
  }

  private Values row(String id) {
    return review
        .find(id)
        .orElseThrow(
            () ->
                new Refusal(
                    404,
                    "Nothing of that id waits for a reviewer. 'lakehouse status' tells what became"
                        + " of what was brought in"));
  }

  void content(Exchange exchange) throws Exception {
    String id = exchange.path("id");
    contents.send(
        exchange,
        workers.run(
            () -> {
              Values row = row(id);
              return contents.sought(row, Review.content(row));
            }));
  }

  void thumbnail(Exchange exchange) throws Exception {
    String id = exchange.path("id");
    byte[] jpeg =
        workers.run(
            () -> {
              Values row = row(id);
              if (row.text("modality").filter(Modality.IMAGE.word()::equals).isEmpty()) {
                throw new Refusal(404, "There is nothing to see of this asset");
              }
              return previews.of(Review.content(row));
            });
    exchange.answer("image/jpeg", jpeg);
  }

  void decide(Exchange exchange) throws Exception {
    gate.requireOwnPage(exchange);
    if (!Body.type(exchange.header("Content-Type").orElse("")).equals(Exchange.JSON)) {
      throw new Refusal(415, "Send a decision as JSON: " + EXAMPLE);
    }
    JsonNode json = bodies.ofQuestion(exchange).json();
    Set<String> assets = assets(json.path("assets"));
    String word = word(json.path("decision").asText(""));
    String reviewer = line(json, "reviewer", MOST_NAME);
    String reason = line(json, "reason", MOST_REASON);
    if (reviewer.isEmpty()) {
      throw new Refusal(400, "Say who decides, in 'reviewer': it is kept with the decision");
    }
    exchange.note("decision", word);
    exchange.note("assets", assets.size());
    exchange.json(
        workers.run(() -> Exchange.bytes(decide(List.copyOf(assets), word, reason, reviewer))));
  }

  private static final String EXAMPLE =
      "{\"decision\": \"approve\", \"assets\": [\"…\"], \"reviewer\": \"…\", \"reason\": \"…\"}";

  private Map<String, Object> decide(
      List<String> assets, String word, String reason, String reviewer) {
    List<String> others = review.decide(assets, word, reason, reviewer);
    if (!others.isEmpty()) {
      throw new Refusal(
          409,
          "Nothing was kept: %s of %d no longer wait, or have come in anew since they were judged."
                  .formatted(others.size(), assets.size())
              + " Load what waits again; the first is "
              + others.get(0));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("decision", word);
    json.put("assets", assets.size());
    return json;
  }

  private static Set<String> assets(JsonNode list) {
    Set<String> assets = new LinkedHashSet<>();
    List<JsonNode> ids = new ArrayList<>();
    list.forEach(ids::add);
    for (JsonNode id : ids) {
      if (!id.isTextual() || !id.asText().matches("[0-9a-f]{32}")) {
        throw new Refusal(400, "'assets' are ids as GET /review gives them");
      }
      assets.add(id.asText());
    }
    if (!list.isArray() || assets.isEmpty() || ids.size() > MOST_DECIDED) {
      throw new Refusal(
          400, "'assets' is a list of 1 to %d ids, such as %s".formatted(MOST_DECIDED, EXAMPLE));
    }
    return assets;
  }

  private static String word(String word) {
    if (!Decision.WORDS.contains(word)) {
      throw new Refusal(400, "'decision' is approve or reject");
    }
    return word;
  }

  private static String line(JsonNode json, String name, int most) {
    JsonNode value = json.path(name);
    String text = value.asText("").strip();
    boolean isFit = value.isMissingNode() || value.isNull() || value.isTextual();
    if (!isFit || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
      throw new Refusal(400, "'%s' is one line of at most %d characters".formatted(name, most));
    }
    return text;
  }
}
