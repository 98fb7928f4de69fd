// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Asks a service everything that its OpenAPI document says can be asked, with values that fit and
 * values that nobody means, the same ones for the same seed, and holds the answers against the
 * document.
 */
public final class DocumentedRequests {
  private static final List<String> TEXTS =
      List.of(
          "bread",
          "",
          " ",
          "'",
          "\"",
          "\"unclosed",
          "((((",
          "a AND OR NOT b",
          "modality = 'text'",
          "modality = 'text' OR 1=1 --",
          "width > 99999999999999999999",
          "*",
          "%",
          "%00",
          "\u0000",
          "a\u0000b",
          "../../etc/passwd",
          "..%2f..%2f",
          "<script>alert(1)</script>",
          "\uD83D\uDE80 \u6F22\u5B57 \u0E01\u0E32\u0E23",
          "\u202Eright to left",
          "x".repeat(3_000),
          "word ".repeat(600),
          "null",
          "true",
          "{}",
          "[]",
          "-1",
          "1e400",
          "NaN",
          "vector",
          "words",
          "hybrid",
          "clip",
          "text",
          "whole",
          "time/0-1");

  private static final List<String> NUMBERS =
      List.of("0", "1", "3", "-1", "1000", "1001", "2147483648", "1.5", "0.95", "NaN", "1e400", "");

  private static final List<byte[]> BODIES =
      List.of(
          new byte[0],
          new byte[] {0, 1, 2, 3},
          "not json".getBytes(UTF_8),
          "{".getBytes(UTF_8),
          "[]".getBytes(UTF_8),
          "{\"q\": 7}".getBytes(UTF_8),
          "{\"q\": [\"a\"]}".getBytes(UTF_8),
          "{\"q\": \"bread\", \"k\": 2}".getBytes(UTF_8),
          "{\"q\": \"bread\", \"k\": \"many\"}".getBytes(UTF_8),
          "{\"nothing\": {\"like\": \"it\"}}".getBytes(UTF_8),
          "[".repeat(20_000).getBytes(UTF_8),
          "\u0089PNG\r\n\u001a\n".getBytes(UTF_8),
          "--b\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\nbread\r\n--b--"
              .getBytes(UTF_8));

  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random;
  private final String service;
  private final List<String> assets;

  /**
   * Requests to a service.
   *
   * @param service its URI, without a slash at its end
   * @param assets ids that it has
   */
  public DocumentedRequests(String service, List<String> assets, long seed) {
    this.service = service;
    this.assets = List.copyOf(assets);
    this.random = new Random(seed);
  }

  /**
   * Asks each operation so many times.
   *
   * @return what was answered otherwise than the document says, with the request
   */
  public List<String> ask(JsonNode document, int times) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : entries(document.get("paths"))) {
      for (Map.Entry<String, JsonNode> method : entries(path.getValue())) {
        for (int i = 0; i < times; i++) {
          ask(path.getKey(), method.getKey(), method.getValue()).ifPresent(wrong::add);
        }
      }
    }
    return wrong;
  }

  private static List<Map.Entry<String, JsonNode>> entries(JsonNode node) {
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>();
    for (Iterator<Map.Entry<String, JsonNode>> all = node.fields(); all.hasNext(); ) {
      entries.add(all.next());
    }
    return entries;
  }

  private Optional<String> ask(String path, String method, JsonNode operation) throws Exception {
    String uri = path;
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.get("parameters")) {
      String name = parameter.get("name").asText();
      String value = value(parameter);
      if (parameter.get("in").asText().equals("path")) {
        uri = uri.replace("{" + name + "}", encoded(value.isEmpty() ? "-" : value));
      } else if (random.nextBoolean()) {
        query.add(name + "=" + encoded(value));
      }
    }
    String whole = uri + (query.isEmpty() ? "" : "?" + String.join("&", query));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service + whole)).timeout(Duration.ofMinutes(5));
    if (operation.has("requestBody")) {
      List<Map.Entry<String, JsonNode>> types = entries(operation.at("/requestBody/content"));
      String type = types.get(random.nextInt(types.size())).getKey();
      String sent = type.startsWith("multipart") ? type + "; boundary=b" : type.replace("*", "png");
      byte[] body = BODIES.get(random.nextInt(BODIES.size()));
      request.header("Content-Type", sent).method(upper(method), BodyPublishers.ofByteArray(body));
      whole += " with %s of %d bytes".formatted(sent, body.length);
    } else {
      request.method(upper(method), BodyPublishers.noBody());
    }
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    String asked = upper(method) + " " + whole;
    return problem(answer, operation).map(found -> asked + ": " + found);
  }

  private static String upper(String method) {
    return method.toUpperCase(Locale.ROOT);
  }

  private String value(JsonNode parameter) {
    boolean isText = parameter.at("/schema/type").asText().equals("string");
    if (parameter.get("in").asText().equals("path") && random.nextInt(3) > 0) {
      return assets.get(random.nextInt(assets.size()));
    }
    List<String> values = isText || random.nextInt(4) == 0 ? TEXTS : NUMBERS;
    return values.get(random.nextInt(values.size()));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  /** What of an answer is otherwise than the document says. */
  private static Optional<String> problem(HttpResponse<byte[]> answer, JsonNode operation)
      throws IOException {
    int status = answer.statusCode();
    String type = plain(answer.headers().firstValue("Content-Type").orElse("none"));
    if (status >= 500) {
      return Optional.of("answered %d: %s".formatted(status, new String(answer.body(), UTF_8)));
    }
    JsonNode told = operation.at("/responses/200/content");
    boolean isTold = told.has("*/*");
    for (Map.Entry<String, JsonNode> each : entries(told)) {
      isTold |= plain(each.getKey()).equals(type);
    }
    if (status < 300 && !isTold) {
      return Optional.of("%d of type %s, told are %s".formatted(status, type, told));
    }
    if (status >= 400) {
      return type.equals("application/problem+json")
          ? incomplete(Json.mapper().readTree(answer.body()), status)
          : Optional.of("%d of type %s".formatted(status, type));
    }
    if (type.equals("application/json") && !Json.mapper().readTree(answer.body()).isObject()) {
      return Optional.of("no JSON object");
    }
    return Optional.empty();
  }

  /** Without its parameters. */
  private static String plain(String type) {
    return type.replaceFirst(";.*", "");
  }

  private static Optional<String> incomplete(JsonNode problem, int status) {
    boolean isWhole =
        problem.path("status").asInt() == status
            && problem.path("title").isTextual()
            && !problem.path("detail").asText().isBlank()
            && !problem.path("trace_id").asText().isBlank();
    return isWhole ? Optional.empty() : Optional.of("a problem that tells little: " + problem);
  }
}
