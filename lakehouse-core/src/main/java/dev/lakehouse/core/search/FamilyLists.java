// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexReader;
import dev.lakehouse.core.lake.index.WordQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lists that one family answers with.
 *
 * @param where condition in Lance's SQL
 */
record FamilyLists(IndexReader index, Each each, Optional<String> where) {

  /** What is near to any of some vectors, each segment once, by the nearest. */
  Ranking near(Collection<float[]> vectors) {
    Ranking near =
        depth -> {
          Map<String, Hit> best = new HashMap<>();
          boolean isAll = true;
          for (float[] vector : vectors) {
            List<Hit> hits = index.nearest(vector, depth, where);
            isAll &= hits.size() < depth;
            hits.forEach(
                hit -> best.merge(hit.assetId() + hit.segment(), hit, FamilyLists::nearer));
          }
          return new Ranking.Reach(best.values().stream().sorted(Hit.ORDER).toList(), isAll);
        };
    return near.named(Hit.VECTOR, each);
  }

  private static Hit nearer(Hit one, Hit other) {
    return one.score() >= other.score() ? one : other;
  }

  /** What holds words. */
  Ranking holding(WordQuery words) {
    Ranking holding =
        depth -> {
          List<Hit> hits = words.isEmpty() ? List.of() : index.holding(words, depth, where);
          return new Ranking.Reach(hits, hits.size() < depth);
        };
    return holding.named(Hit.WORDS, each);
  }

  /** Both as one. */
  Ranking hybrid(Optional<float[]> vector, WordQuery words) {
    List<Ranking> lists = new ArrayList<>();
    lists.add(holding(words)); // first: where ranks are equal, the row that shows the words
    vector.ifPresent(values -> lists.add(near(List.of(values))));
    return new Fusion(each, lists.stream().map(list -> 1.0).toList(), lists);
  }
}
