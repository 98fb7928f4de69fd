// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.Json;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One request and its answer. */
final class Exchange {
  static final String JSON = "application/json";

  private final Context context;
  private final Trace trace;
  private final Map<String, Object> notes = new LinkedHashMap<>();

  Exchange(Context context, Trace trace) {
    this.context = context;
    this.trace = trace;
  }

  Context context() {
    return context;
  }

  Trace trace() {
    return trace;
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isBlank());
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  String path(String name) {
    return context.pathParam(name);
  }

  /** Something for the access log. */
  void note(String name, Object value) {
    notes.put(name, value);
  }

  Map<String, Object> notes() {
    return notes;
  }

  /** Answers with JSON that was rendered before. */
  void json(byte[] json) {
    answer(JSON, json);
  }

  void json(Object json) {
    json(bytes(json));
  }

  static byte[] bytes(Object json) {
    return Json.line(json).getBytes(StandardCharsets.UTF_8);
  }

  void answer(String type, byte[] bytes) {
    context.contentType(type);
    context.result(bytes);
  }

  void answer(Problem problem) {
    context.status(problem.status());
    context.header("Cache-Control", "no-store");
    switch (problem.status()) {
      case 401 -> context.header("WWW-Authenticate", "Bearer");
      case 429, 503 -> context.header("Retry-After", "1");
      default -> {}
    }
    answer(Problem.TYPE, bytes(problem.toJson(trace)));
  }
}
