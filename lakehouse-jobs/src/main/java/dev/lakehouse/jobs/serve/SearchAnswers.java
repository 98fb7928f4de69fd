// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.search.QueryVector;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.serve.AnswerCache;
import dev.lakehouse.core.serve.CurrentRelease;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Answers searches, and shows vectors of queries. */
final class SearchAnswers {
  private final CurrentRelease current;
  private final Workers workers;
  private final AnswerCache cache;
  private final ServiceOptions options;

  SearchAnswers(
      CurrentRelease current, Workers workers, AnswerCache cache, ServiceOptions options) {
    this.current = current;
    this.workers = workers;
    this.cache = cache;
    this.options = options;
  }

  void byWords(Exchange exchange) throws Exception {
    search(exchange, Question.of(exchange));
  }

  void byFile(Exchange exchange) throws Exception {
    search(exchange, Question.of(exchange, options.maxBody()));
  }

  private void search(Exchange exchange, Question question) throws Exception {
    note(exchange, question);
    exchange.json(workers.run(() -> Exchange.bytes(answer(exchange, question))));
  }

  private void note(Exchange exchange, Question question) {
    exchange.note("kind", question.kind());
    exchange.note("mode", question.request().mode().word());
    exchange.note("k", question.request().k());
    if (options.queries() == ServiceOptions.QueryLog.SHOWN) {
      exchange.note("query", question.words());
    }
  }

  /** Everything of an answer comes from the one release that is held meanwhile. */
  private Map<String, Object> answer(Exchange exchange, Question question) {
    try (CurrentRelease.Use use = current.use()) {
      Release release = use.served().release();
      AnswerCache.Key key = AnswerCache.Key.of(release.id(), question.request());
      Optional<List<SearchResult>> known = cache.find(key);
      List<SearchResult> results =
          known.orElseGet(() -> use.served().searcher().ask(question.request()));
      if (known.isEmpty()) {
        cache.put(key, results);
      }
      exchange.note("release", release.sequence());
      exchange.note("cached", known.isPresent());
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("release", release.id());
      json.put("sequence", release.sequence());
      json.put("cached", known.isPresent());
      json.put("results", results.stream().map(SearchResult::toJson).toList());
      return json;
    }
  }

  void embedWords(Exchange exchange) throws Exception {
    embed(exchange, Question.of(exchange));
  }

  void embedFile(Exchange exchange) throws Exception {
    embed(exchange, Question.of(exchange, options.maxBody()));
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
