// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.Json;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.jetty.server.Request;

/** One request and its answer. */
final class Exchange {
  static final String JSON = "application/json";

  private final Context context;
  private final Trace trace;
  private final Map<String, Object> notes = new ConcurrentSkipListMap<>(); // late work may add

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
    byte[] json = bytes(problem.toJson(trace));
    if (context.method() == HandlerType.POST) {
      answerAtOnce(json);
    } else {
      answer(Problem.TYPE, json);
    }
  }

  /** Jetty keeps an answer back while a body is not read to its end; nobody reads this one. */
  private void answerAtOnce(byte[] json) {
    HttpServletResponse response = context.res();
    response.setHeader("Connection", "close");
    response.setContentType(Problem.TYPE);
    response.setContentLength(json.length);
    try {
      response.getOutputStream().write(json);
      response.flushBuffer();
    } catch (IOException e) {
      note("aborted", Hindrance.words(e));
    }
    if (response.getStatus() == 413 || response.getStatus() == 408) { // else Jetty reads on
      Request.getBaseRequest(context.req()).getHttpChannel().abort(new IOException("Refused"));
    }
  }
}
