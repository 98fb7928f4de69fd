// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A line of JSON for each request. What was asked for is in it only where somebody wants that. */
final class AccessLog {
  private final Consumer<String> lines;

  AccessLog(Consumer<String> lines) {
    this.lines = lines;
  }

  void add(Exchange exchange, int status, long nanos) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", Instant.now().toString());
    line.put("method", exchange.context().method().name());
    line.put("path", exchange.context().path());
    line.put("status", status);
    line.put("ms", Math.round(nanos / 1e4) / 1e2);
    line.put("client", exchange.context().ip());
    line.put("trace_id", exchange.trace().traceId());
    line.put("span_id", exchange.trace().spanId());
    line.putAll(exchange.notes());
    lines.accept(Json.line(line));
  }
}
