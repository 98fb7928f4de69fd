// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.replay;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.Sought;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Asks questions again.
 *
 * @param searcher of the release that is to answer; everything is asked of one
 * @param k how many hits of each answer count, 1 to 1000
 */
public record Replay(Searcher searcher, int k) {

  /**
   * Asks every question, and compares what is found with what was expected.
   *
   * @throws LakehouseException NOTHING_FIT if there is no question; what a search may throw
   */
  public ReplayReport run(ReplaySet set) {
    if (set.queries().isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.NOTHING_FIT,
          "Nothing to replay: the lake keeps no questions. Add one with 'lakehouse replay add WORDS"
              + " --expect ASSET', or many with 'lakehouse replay add --from FILE'");
    }
    List<SearchResult> answers = set.queries().stream().map(this::ask).toList();
    List<Replayed> replayed = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      replayed.add(replayed(set.queries().get(i), answers.get(i)));
    }
    SearchResult any = answers.get(0); // one searcher answers from one release
    return new ReplayReport(any.release(), any.sequence(), k, replayed);
  }

  private SearchResult ask(ReplayQuery query) {
    SearchRequest request =
        SearchRequest.of(Sought.words(query.words()))
            .in(query.mode())
            .ofFamily(query.family())
            .page(0, k);
    return searcher.ask(request).get(0);
  }

  private Replayed replayed(ReplayQuery query, SearchResult result) {
    List<Hit> hits = result.hits();
    List<Integer> ranks =
        query.expected().stream().flatMap(name -> rank(name, hits).stream()).toList();
    return new Replayed(
        query, ranks, hits.stream().map(Hit::score).findFirst(), result.isRefused(), k);
  }

  private static Optional<Integer> rank(String name, List<Hit> hits) {
    return IntStream.range(0, hits.size())
        .filter(i -> ReplayQuery.isMet(name, hits.get(i)))
        .mapToObj(i -> i + 1)
        .findFirst();
  }
}
