// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.Json;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.jetty.server.Request;

/** One request and its answer. */
final class Exchange {
  static final String JSON = "application/json";

  private static final int SOON = 1 << 25; // bytes that may be read and thrown away

  private final Context context;
  private final Trace trace;
  private final Map<String, Object> notes = new ConcurrentSkipListMap<>(); // late work may add

  private final List<Runnable> endings = new ArrayList<>();
  private boolean isBodyRead;

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

  /**
   * A field of the address, which is UTF-8 whatever a body is.
   *
   * @throws Refusal 400 if it cannot be read
   */
  Optional<String> query(String name) {
    for (String field : Optional.ofNullable(context.queryString()).orElse("").split("&")) {
      String[] parts = field.split("=", 2);
      if (parts.length == 2 && decoded(parts[0]).equals(name)) {
        return Optional.of(decoded(parts[1])).filter(value -> !value.isBlank());
      }
    }
    return Optional.empty();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          400,
          "The address cannot be read: two hex digits have to stand behind each %. Write %25 for the"
              + " sign itself");
    }
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name));
  }

  String path(String name) {
    return context.pathParam(name);
  }

  /** What is to be given back when all is answered. */
  void atEnd(Runnable giving) {
    endings.add(giving);
  }

  /** Nothing more comes of the request. */
  void end() {
    endings.forEach(Runnable::run);
    endings.clear();
  }

  /** Its body was read to the end. */
  void hasReadBody() {
    isBodyRead = true;
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

  /** Writes an answer; when this returns, the system has it, or nobody wants it any more. */
  void answer(String type, byte[] bytes) {
    HttpServletResponse response = context.res();
    response.setContentType(type);
    response.setContentLength(bytes.length);
    try {
      response.getOutputStream().write(bytes);
      response.flushBuffer();
    } catch (IOException e) {
      abort(e);
    }
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
    boolean isUnread = context.method() == HandlerType.POST && !isBodyRead;
    if (isUnread) {
      context.header("Connection", "close");
    }
    answer(Problem.TYPE, json);
    if (isUnread && !isSoonOver()) { // Jetty would read on
      cut(new IOException("Refused"));
    }
  }

  /** Whether not much of the body can still come. */
  private boolean isSoonOver() {
    long told = context.req().getContentLengthLong();
    return told >= 0 && told <= SOON && context.statusCode() != 408;
  }

  /** An answer that was begun cannot be taken back: the connection ends in its midst. */
  void abort(Throwable why) {
    note("aborted", Hindrance.words(why));
    cut(why);
  }

  private void cut(Throwable why) {
    Request.getBaseRequest(context.req()).getHttpChannel().abort(why);
  }
}
