// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.search.QueryVector;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.serve.AnswerCache;
import dev.lakehouse.core.serve.CurrentRelease;
import dev.lakehouse.core.serve.ServedRelease;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers searches, and shows vectors of queries. */
final class SearchAnswers {
  private final CurrentRelease current;
  private final Workers workers;
  private final AnswerCache cache;
  private final Bodies bodies;
  private final ServiceOptions.QueryLog queries;

  SearchAnswers(
      CurrentRelease current,
      Workers workers,
      AnswerCache cache,
      Bodies bodies,
      ServiceOptions.QueryLog queries) {
    this.current = current;
    this.workers = workers;
    this.cache = cache;
    this.bodies = bodies;
    this.queries = queries;
  }

  void byWords(Exchange exchange) throws Exception {
    search(exchange, Question.of(exchange));
  }

  void byFile(Exchange exchange) throws Exception {
    search(exchange, Question.of(exchange, bodies));
  }

  private void search(Exchange exchange, Question question) throws Exception {
    note(exchange, question);
    exchange.json(workers.run(() -> Exchange.bytes(answer(exchange, question))));
  }

  private void note(Exchange exchange, Question question) {
    exchange.note("kind", question.kind());
    exchange.note("mode", question.request().mode().word());
    exchange.note("k", question.request().k());
    if (queries == ServiceOptions.QueryLog.SHOWN) {
      exchange.note("query", question.words());
    }
  }

  /** Everything of an answer comes from the one release that is held meanwhile. */
  private Map<String, Object> answer(Exchange exchange, Question question) {
    try (CurrentRelease.Use use = current.use()) {
      Release release = use.served().release();
      AnswerCache.Key key = AnswerCache.Key.of(release.id(), question.request());
      Optional<String> known = cache.find(key);
      String results = known.orElseGet(() -> results(use.served(), question));
      if (known.isEmpty()) {
        cache.put(key, results);
      }
      exchange.note("release", release.sequence());
      exchange.note("cached", known.isPresent());
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("release", release.id());
      json.put("sequence", release.sequence());
      json.put("cached", known.isPresent());
      json.put("results", new RawValue(results));
      return json;
    }
  }

  private static String results(ServedRelease served, Question question) {
    return Json.line(
        served.searcher().ask(question.request()).stream().map(SearchResult::toJson).toList());
  }

  void embedWords(Exchange exchange) throws Exception {
    embed(exchange, Question.of(exchange));
  }

  void embedFile(Exchange exchange) throws Exception {
    embed(exchange, Question.of(exchange, bodies));
  }

  private void embed(Exchange exchange, Question question) throws Exception {
    note(exchange, question);
    exchange.json(workers.run(() -> Exchange.bytes(vector(question).toJson())));
  }

  private QueryVector vector(Question question) {
    try (CurrentRelease.Use use = current.use()) {
      String family =
          question.request().family().orElseThrow(() -> noFamily(use.served().release()));
      return use.served().searcher().embed(family, question.input());
    }
  }

  private static Refusal noFamily(Release release) {
    return new Refusal(
        400,
        "A vector is one of a family: give family, one of %s"
            .formatted(
                release.families().stream().map(Family::name).collect(Collectors.joining(", "))));
  }
}
