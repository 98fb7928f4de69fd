// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.codec.ImageFormat;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.serve.AnswerCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to find: the one place where a request becomes a query.
 *
 * @param input words, a picture or a sound
 * @param family to ask; empty for all that can answer
 * @param k assets at most
 * @param where what they must meet
 */
record Question(EmbedInput input, Optional<String> family, int k, Optional<String> where) {
  private static final int K = 20;
  private static final int MOST_CHARACTERS = 10_000;

  /** The words of the question, in a URL or in a body. */
  static Question of(Exchange exchange) {
    return new Fields(exchange).question();
  }

  /** The question that came with a body. */
  static Question of(Exchange exchange, int maxBody) throws IOException {
    Body body = Body.read(exchange.context().req(), maxBody);
    Fields fields = new Fields(exchange);
    if (body.isForm()) {
      body.fields().forEach(fields::take);
    } else if (body.type().equals(Exchange.JSON)) {
      fields.takeJson(body.bytes());
    } else {
      fields.takeFile(body.type(), body.bytes());
    }
    return fields.question();
  }

  /** The answers, each family apart. */
  List<SearchResult> ask(Searcher searcher) {
    return family
        .map(name -> List.of(searcher.search(SearchQuery.of(name, input, k, where))))
        .orElseGet(() -> searcher.searchAll(input, k, where));
  }

  /** What an answer is kept under. */
  AnswerCache.Key key(String release) {
    return AnswerCache.Key.of(release, input, family, k, where);
  }

  /** For the access log, where that may be shown. */
  String words() {
    return input instanceof EmbedInput.Query query ? query.text() : "(%s)".formatted(input.kind());
  }

  /** What was said so far, wherever it stood. */
  private static final class Fields {
    private final Map<String, String> said = new HashMap<>();
    private @Nullable EmbedInput file;

    Fields(Exchange exchange) {
      for (String name : Routes.QUESTION) {
        exchange.query(name).ifPresent(value -> said.put(name, value));
      }
    }

    void take(Body.Field field) {
      if (field.isFile()
          || field.type().startsWith("image/")
          || field.type().startsWith("audio/")) {
        takeFile(field.type(), field.bytes());
      } else if (Routes.QUESTION.contains(field.name())) {
        said.put(field.name(), new String(field.bytes(), StandardCharsets.UTF_8));
      } else {
        throw new Refusal(
            400,
            "The form has a field '%s': expected a file, or one of %s"
                .formatted(field.name(), String.join(", ", Routes.QUESTION)));
      }
    }

    /** What it is, its bytes say; of a type alone nobody can be sure. */
    void takeFile(String type, byte[] bytes) {
      if (file != null) {
        throw new Refusal(400, "There are two files: send one picture or one sound");
      }
      boolean known = type.startsWith("image/") || type.startsWith("audio/");
      if (!known && !type.equals("application/octet-stream") && !type.startsWith("video/")) {
        throw new Refusal(
            415,
            "A body of type '%s' cannot be looked for: expected image/…, audio/…,".formatted(type)
                + " application/octet-stream, application/json or multipart/form-data");
      }
      file =
          ImageFormat.of(bytes).isPresent() || type.startsWith("image/")
              ? EmbedInput.image(bytes)
              : EmbedInput.audio(bytes);
    }

    void takeJson(byte[] bytes) {
      JsonNode json;
      try {
        json = Json.mapper().readTree(new String(bytes, StandardCharsets.UTF_8));
      } catch (JsonProcessingException e) {
        throw new Refusal(400, "The body is no JSON: " + e.getOriginalMessage());
      }
      if (!json.isObject()) {
        throw new Refusal(400, "The body is no JSON object: write {\"q\": \"…\"}");
      }
      json.fields()
          .forEachRemaining(
              each -> {
                if (!Routes.QUESTION.contains(each.getKey()) || each.getValue().isContainerNode()) {
                  throw new Refusal(
                      400,
                      "The body has a field '%s': expected texts or numbers named %s"
                          .formatted(each.getKey(), String.join(", ", Routes.QUESTION)));
                }
                if (!each.getValue().isNull()) {
                  said.put(each.getKey(), each.getValue().asText());
                }
              });
    }

    Question question() {
      String words = AnswerCache.normalised(said.getOrDefault("q", ""));
      if (file == null && words.isEmpty()) {
        throw new Refusal(400, "The query is empty: give words as q, or send a picture or a sound");
      }
      if (file != null && !words.isEmpty()) {
        throw new Refusal(400, "Give one thing to look for: words as q, or a file, not both");
      }
      if (words.length() > MOST_CHARACTERS) {
        throw new Refusal(
            400,
            "The query has %d characters: at most %d are taken"
                .formatted(words.length(), MOST_CHARACTERS));
      }
      return new Question(
          file == null ? EmbedInput.query(words) : file,
          find("family"),
          find("k").map(Fields::number).orElse(K),
          find("where"));
    }

    private Optional<String> find(String name) {
      return Optional.ofNullable(said.get(name)).filter(value -> !value.isBlank());
    }

    private static int number(String k) {
      try {
        return Integer.parseInt(k.strip());
      } catch (NumberFormatException e) {
        throw new Refusal(400, "Invalid k: '%s' (must be a whole number)".formatted(k));
      }
    }
  }
}
