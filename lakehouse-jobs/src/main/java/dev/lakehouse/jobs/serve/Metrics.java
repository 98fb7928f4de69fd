// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Figures of the service in the text format of Prometheus. */
final class Metrics {
  static final String TYPE = "text/plain; version=0.0.4";

  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
  };

  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<String, Times> times = new ConcurrentSkipListMap<>();
  private final Map<String, Gauge> gauges = new ConcurrentSkipListMap<>();
  private final AtomicInteger underWay = new AtomicInteger();

  private record Gauge(String type, String help, Supplier<Number> value) {}

  /** How long the answers of a route took. */
  private static final class Times {
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Times() {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = new LongAdder();
      }
    }

    void add(long taken) {
      int bucket = 0;
      while (bucket < BOUNDS.length && taken > BOUNDS[bucket] * 1e9) {
        bucket++;
      }
      buckets[bucket].increment();
      nanos.add(taken);
    }
  }

  /** A figure that is asked for when somebody looks. */
  void gauge(String name, String help, Supplier<Number> value) {
    gauges.put(name, new Gauge("gauge", help, value));
  }

  /** A figure that only grows. */
  void counter(String name, String help, Supplier<Number> value) {
    gauges.put(name, new Gauge("counter", help, value));
  }

  void begin() {
    underWay.incrementAndGet();
  }

  void end(String route, int status, long nanos) {
    underWay.decrementAndGet();
    String series = "{route=\"%s\",status=\"%d\"}".formatted(route, status);
    requests.computeIfAbsent(series, unused -> new LongAdder()).increment();
    times.computeIfAbsent(route, unused -> new Times()).add(nanos);
  }

  int underWay() {
    return underWay.get();
  }

  long answered() {
    return requests.values().stream().mapToLong(LongAdder::sum).sum();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    head(text, "lakehouse_http_requests_total", "counter", "requests that were answered");
    requests.forEach(
        (series, count) -> line(text, "lakehouse_http_requests_total" + series, count.sum()));
    String name = "lakehouse_http_request_seconds";
    head(text, name, "histogram", "seconds from the head of a request to its answer");
    times.forEach((route, of) -> histogram(text, name, route, of));
    head(text, "lakehouse_http_requests_under_way", "gauge", "requests not answered yet");
    line(text, "lakehouse_http_requests_under_way", underWay.get());
    gauges.forEach(
        (gauge, figure) -> {
          head(text, gauge, figure.type(), figure.help());
          line(text, gauge, figure.value().get());
        });
    return text.toString();
  }

  private static void histogram(StringBuilder text, String name, String route, Times of) {
    long sum = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      sum += of.buckets[i].sum();
      String bound = i == BOUNDS.length ? "+Inf" : String.valueOf(BOUNDS[i]);
      line(text, "%s_bucket{route=\"%s\",le=\"%s\"}".formatted(name, route, bound), sum);
    }
    String label = "{route=\"%s\"}".formatted(route);
    line(text, name + "_sum" + label, of.nanos.sum() / 1e9);
    line(text, name + "_count" + label, sum);
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String series, Number value) {
    String number =
        value instanceof Double real
            ? String.format(Locale.ROOT, "%.6f", real)
            : String.valueOf(value);
    text.append(series).append(' ').append(number).append('\n');
  }
}
