// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells programs what can be asked: OpenAPI 3.0, made from the routes that there are. */
final class OpenApi {
  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> BINARY = Map.of("type", "string", "format", "binary");

  private OpenApi() {}

  static Map<String, Object> of(List<Route> routes) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.0.3");
    document.put(
        "info",
        Map.of(
            "title", "Lakehouse",
            "version", "1",
            "description", "Searches the current release of a lake."));
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (Route route : routes) {
      paths
          .computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
          .put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
    }
    document.put("paths", paths);
    document.put(
        "components",
        Map.of(
            "securitySchemes",
            Map.of(
                "token", Map.of("type", "http", "scheme", "bearer"),
                "session", Map.of("type", "apiKey", "in", "cookie", "name", Gate.COOKIE)),
            "schemas",
            Map.of("Problem", problem())));
    return document;
  }

  private static Map<String, Object> operation(Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", route.id());
    operation.put("summary", route.summary());
    operation.put("parameters", route.parameters().stream().map(OpenApi::parameter).toList());
    if (!route.takes().isEmpty()) {
      operation.put(
          "requestBody", Map.of("required", true, "content", content(route.takes(), true)));
    }
    operation.put("responses", responses(route));
    if (route.access() != Route.Access.OPEN) {
      operation.put(
          "security", List.of(Map.of(), Map.of("token", List.of()), Map.of("session", List.of())));
    }
    return operation;
  }

  private static Map<String, Object> parameter(Route.Parameter parameter) {
    return Map.of(
        "name", parameter.name(),
        "in", parameter.in(),
        "required", parameter.in().equals("path"),
        "description", parameter.meaning(),
        "schema", Map.of("type", parameter.type()));
  }

  private static Map<String, Object> responses(Route route) {
    Map<String, Object> problem = Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"));
    Map<String, Object> responses = new LinkedHashMap<>();
    responses.put(
        "200", Map.of("description", route.summary(), "content", content(route.gives(), false)));
    responses.put(
        "default",
        Map.of("description", "Why there is no answer", "content", Map.of(Problem.TYPE, problem)));
    return responses;
  }

  private static Map<String, Object> content(List<String> types, boolean isRequest) {
    Map<String, Object> content = new LinkedHashMap<>();
    for (String type : types) {
      content.put(type, Map.of("schema", schema(type, isRequest)));
    }
    return content;
  }

  private static Map<String, Object> schema(String type, boolean isRequest) {
    if (type.equals(Exchange.JSON)) {
      return Map.of("type", "object");
    }
    if (type.equals("multipart/form-data")) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("file", BINARY);
      Routes.QUESTION.forEach(name -> fields.put(name, TEXT));
      return Map.of("type", "object", "properties", fields);
    }
    return isRequest || !type.startsWith("text/") ? BINARY : TEXT;
  }

  private static Map<String, Object> problem() {
    return Map.of(
        "type",
        "object",
        "required",
        List.of("type", "title", "status", "detail", "trace_id"),
        "properties",
        Map.of(
            "type", TEXT,
            "title", TEXT,
            "status", Map.of("type", "integer"),
            "detail", TEXT,
            "code", TEXT,
            "trace_id", TEXT));
  }
}
