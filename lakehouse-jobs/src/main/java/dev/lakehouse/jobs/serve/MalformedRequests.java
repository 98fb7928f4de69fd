// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** What is refused before any route sees it: as a problem like all others, not as a page. */
final class MalformedRequests extends ErrorHandler {

  private static byte[] problem(int status, @Nullable String why, Trace trace) {
    String detail = why == null || why.isBlank() ? "The request cannot be read" : why;
    return Json.line(new Problem(status, "", detail).toJson(trace))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void generateAcceptableResponse(
      Request baseRequest,
      HttpServletRequest request,
      HttpServletResponse response,
      int code,
      String message)
      throws IOException {
    Trace trace = Trace.of(request.getHeader("traceparent"));
    response.setContentType(Problem.TYPE);
    response.getOutputStream().write(problem(code, message, trace));
    baseRequest.setHandled(true);
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, Problem.TYPE);
    return ByteBuffer.wrap(problem(status, reason, Trace.of(null)));
  }
}
