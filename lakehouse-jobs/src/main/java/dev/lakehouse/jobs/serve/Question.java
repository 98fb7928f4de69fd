// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.codec.ImageFormat;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.search.SearchMode;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.Sought;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to find: the one place where a request over HTTP becomes one to a searcher.
 */
record Question(SearchRequest request) {
  private static final int K = 20;
  private static final int MOST_CHARACTERS = 10_000;

  /** A list is made as far as its end is asked for, and four times further of each part of it. */
  private static final int MOST_REACH = 2_000;

  /** The words of the question, in a URL or in a body. */
  static Question of(Exchange exchange) {
    return new Fields(exchange).question();
  }

  /** The question that came with a body. */
  static Question of(Exchange exchange, Bodies bodies) {
    Body body = bodies.ofQuestion(exchange);
    Fields fields = new Fields(exchange);
    if (body.isForm()) {
      body.fields().forEach(fields::take);
    } else if (body.type().equals(Exchange.JSON)) {
      fields.takeJson(body.json());
    } else {
      fields.takeFile(body.type(), body.bytes());
    }
    return fields.question();
  }

  /** What is to be embedded. */
  EmbedInput input() {
    if (request.sought() instanceof Sought.Content content) {
      return content.input();
    }
    throw new Refusal(400, "There is nothing to embed: give words as q, or send a file");
  }

  /** What it is about, in a word. */
  String kind() {
    return request.sought() instanceof Sought.Content content ? content.input().kind() : "asset";
  }

  /** For the access log, where that may be shown. */
  String words() {
    return request.sought() instanceof Sought.Content content
            && content.input() instanceof EmbedInput.Query query
        ? query.text()
        : "(%s)".formatted(kind());
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

    void takeJson(JsonNode json) {
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
      SearchRequest request =
          SearchRequest.of(sought())
              .in(find("mode").map(SearchMode::of).orElse(SearchMode.VECTOR))
              .page(offset(), number("k", K));
      Optional<String> where = find("where");
      request = where.isPresent() ? request.where(where.get()) : request;
      Optional<Double> collapse = fraction("collapse");
      request = collapse.isPresent() ? request.collapse(collapse.get()) : request;
      Optional<String> family = find("family");
      return new Question(family.isPresent() ? request.ofFamily(family.get()) : request);
    }

    private int offset() {
      int offset = number("offset", 0);
      long end = (long) offset + number("k", K);
      if (offset > 0 && end > MOST_REACH) {
        throw new Refusal(
            400,
            "Invalid offset: %d (with k together at most %d). Narrow the search with where"
                .formatted(offset, MOST_REACH));
      }
      return offset;
    }

    /** A text as it is looked for: without what only looks different. */
    private static String normalised(String text) {
      return Normalizer.normalize(text, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
    }

    private Sought sought() {
      String words = normalised(said.getOrDefault("q", ""));
      Optional<String> like = find("like");
      long given =
          Stream.of(file != null, !words.isEmpty(), like.isPresent()).filter(each -> each).count();
      if (given == 0) {
        throw new Refusal(
            400,
            "The query is empty: give words as q, an asset as like, or send a picture or a sound");
      }
      if (given > 1) {
        throw new Refusal(
            400, "Give one thing to look for: words as q, an asset as like, or a file");
      }
      if (words.length() > MOST_CHARACTERS) {
        throw new Refusal(
            400,
            "The query has %d characters: at most %d are taken"
                .formatted(words.length(), MOST_CHARACTERS));
      }
      return like.<Sought>map(Sought.Asset::new)
          .orElseGet(() -> new Sought.Content(file == null ? EmbedInput.query(words) : file));
    }

    private Optional<String> find(String name) {
      return Optional.ofNullable(said.get(name)).filter(value -> !value.isBlank());
    }

    private Optional<Double> fraction(String name) {
      Optional<String> number = find(name);
      try {
        return number.map(Double::valueOf);
      } catch (NumberFormatException e) {
        throw new Refusal(
            400, "Invalid %s: '%s' (must be a number)".formatted(name, number.orElse("")));
      }
    }

    private int number(String name, int otherwise) {
      Optional<String> number = find(name);
      try {
        return number.map(String::strip).map(Integer::parseInt).orElse(otherwise);
      } catch (NumberFormatException e) {
        throw new Refusal(
            400, "Invalid %s: '%s' (must be a whole number)".formatted(name, number.orElse("")));
      }
    }
  }
}
