// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.release.ReleaseDifference;
import dev.lakehouse.core.serve.CurrentRelease;
import dev.lakehouse.core.serve.PublishedAssets;
import dev.lakehouse.core.serve.ServedRelease;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells of the service itself. */
final class ServiceAnswers {
  /** Before the first release. */
  private static final String NOTHING = "nothing";

  private static final int MOST = 4096; // bytes of a token, and what stands around it

  private final CurrentRelease current;
  private final Workers workers;
  private final Gate gate;
  private final Bodies bodies;
  private final Metrics metrics;
  private final Supplier<String> state;
  private final Supplier<List<Route>> routes;

  /**
   * @param state why it cannot answer; empty if it can
   * @param routes everything that can be asked, known once all are made
   */
  ServiceAnswers(
      CurrentRelease current,
      Workers workers,
      Gate gate,
      Bodies bodies,
      Metrics metrics,
      Supplier<String> state,
      Supplier<List<Route>> routes) {
    this.current = current;
    this.workers = workers;
    this.gate = gate;
    this.bodies = bodies;
    this.metrics = metrics;
    this.state = state;
    this.routes = routes;
  }

  void releases(Exchange exchange) throws Exception {
    exchange.json(workers.run(() -> Exchange.bytes(releases())));
  }

  private Map<String, Object> releases() {
    try (CurrentRelease.Use use = current.use()) {
      ServedRelease served = use.served();
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("current", served.release().sequence());
      json.put("facets", served.assets().facets());
      json.put("releases", current.releases().stream().map(Shapes::of).toList());
      return json;
    }
  }

  /** How a release differs from another; only what can be read here is named. */
  void changes(Exchange exchange) throws Exception {
    exchange.json(workers.run(() -> Exchange.bytes(changes(exchange.path("release"), exchange))));
  }

  private Object changes(String name, Exchange exchange) {
    try (CurrentRelease.Use use = current.use()) {
      List<Release> all = current.releases();
      Release to = release(name, all);
      Optional<Release> from =
          exchange.query("since").map(each -> since(each, all)).orElseGet(() -> to.parent(all));
      PublishedAssets assets = use.served().assets();
      ReleaseDifference found = current.comparisons().of(from, to);
      return Shapes.of(
          found.withExamples(
              example ->
                  assets.find(example.assetId()).isPresent() ? example : example.nameless()));
    }
  }

  private static Optional<Release> since(String name, List<Release> all) {
    return name.equals(NOTHING) ? Optional.empty() : Optional.of(release(name, all));
  }

  private static Release release(String name, List<Release> all) {
    try {
      return Release.named(name, all);
    } catch (LakehouseException e) {
      throw new Refusal(404, String.valueOf(e.getMessage()));
    }
  }

  void health(Exchange exchange) {
    exchange.json(Map.of("alive", true));
  }

  void ready(Exchange exchange) {
    String why = state.get();
    if (!why.isEmpty()) {
      throw new Refusal(
          503, gate.lets(exchange) ? why : "Not ready. Who shows the token is told why");
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("ready", true);
    json.put("sequence", current.sequence().orElse(null));
    exchange.json(json);
  }

  void metrics(Exchange exchange) {
    exchange.answer(Metrics.TYPE, metrics.text().getBytes(StandardCharsets.UTF_8));
  }

  void openApi(Exchange exchange) {
    exchange.json(OpenApi.of(routes.get()));
  }

  void session(Exchange exchange) {
    Body body = bodies.ofStranger(exchange, MOST);
    if (!body.type().equals(Exchange.JSON)) {
      throw new Refusal(415, "Send the token as JSON: {\"token\": \"…\"}");
    }
    if (!gate.isToken(body.json().path("token").asText(""))) {
      throw new Refusal(401, "That is not the token of this service");
    }
    exchange.context().header("Set-Cookie", gate.setCookie());
    exchange.json(Map.of("session", true));
  }
}
