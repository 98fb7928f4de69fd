// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.Hit.Standing;
import dev.lakehouse.core.lake.index.IndexReader;
import dev.lakehouse.core.lake.index.WordQuery;
import dev.lakehouse.core.search.Explanation.ExplainedHit;
import dev.lakehouse.core.search.Explanation.MatchedWords;
import dev.lakehouse.core.search.Explanation.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds out why an answer to a question is what it is.
 *
 * @param release that answered
 * @param indexes of it
 * @param request the question
 */
record Explainer(Release release, Function<Family, IndexReader> indexes, SearchRequest request) {

  Explanation of(SearchResult result) {
    List<Family> families =
        Stream.of(result.family().split("\\+"))
            .flatMap(name -> release.family(name).stream())
            .toList();
    Map<String, Map<String, Set<String>>> words = words(result, families);
    return new Explanation(
        release.id(),
        release.sequence(),
        families.stream().map(this::index).toList(),
        request.where().map(Filter::toString),
        result.hits().stream()
            .map(hit -> explained(hit, words.getOrDefault(hit.assetId(), Map.of())))
            .toList());
  }

  private Explanation.Index index(Family family) {
    Optional<String> where = request.where().map(Filter::toLance);
    return new Explanation.Index(
        family.name(),
        family.encoder(),
        family.bundle(),
        family.bundleDigest(),
        family.rows(),
        where.map(condition -> indexes.apply(family).count(condition)).orElse(family.rows()),
        family.recall());
  }

  /** The words of each segment of the assets that were found, where somebody asked in words. */
  private Map<String, Map<String, Set<String>>> words(SearchResult result, List<Family> families) {
    Map<String, Map<String, Set<String>>> words = new LinkedHashMap<>();
    if (request.words().isPresent()) {
      List<String> assets = result.hits().stream().map(Hit::assetId).toList();
      for (Family family : families) {
        indexes.apply(family).words(assets).forEach(words::putIfAbsent);
      }
    }
    return words;
  }

  private ExplainedHit explained(Hit hit, Map<String, Set<String>> words) {
    String segment = hit.standing(Hit.WORDS).map(Standing::segment).orElse(hit.segment());
    Optional<MatchedWords> matched =
        Optional.ofNullable(words.get(segment)).map(held -> matched(segment, held));
    return new ExplainedHit(hit.assetId(), hit.segment(), hit.score(), parts(hit), matched);
  }

  private MatchedWords matched(String segment, Set<String> held) {
    Set<String> found = new LinkedHashSet<>(WordQuery.of(request.words().orElseThrow()).all());
    Set<String> missing = new LinkedHashSet<>(found);
    found.retainAll(held);
    missing.removeAll(held);
    return new MatchedWords(segment, List.copyOf(found), List.copyOf(missing));
  }

  private List<Part> parts(Hit hit) {
    List<Part> parts = new ArrayList<>();
    boolean isFused = request.mode() == SearchMode.HYBRID || !request.fused().isEmpty();
    for (Standing standing : hit.standings()) {
      double weight = request.fused().getOrDefault(standing.list(), 1.0);
      double adds = isFused ? Fusion.part(weight, standing.rank()) : hit.score();
      parts.add(
          new Part(standing.list(), standing.rank(), standing.score(), standing.segment(), adds));
    }
    return parts;
  }
}
