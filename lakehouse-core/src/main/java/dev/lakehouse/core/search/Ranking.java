// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.lake.index.Hit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of hits, made as far as somebody looks into it. */
@FunctionalInterface
interface Ranking {
  /** The first step; every list is cut at the same depths, whatever part of it is asked for. */
  int FIRST = 16;

  int GROWTH = 4;

  int DEEPEST = 1 << 17;

  /**
   * The beginning of a list.
   *
   * @param hits best first
   * @param isAll whether nothing comes behind them
   */
  record Reach(List<Hit> hits, boolean isAll) {}

  /** The list as the best {@code depth} segments make it. */
  Reach reach(int depth);

  /**
   * A part of the list with one hit of each.
   *
   * <p>An index that guesses may know better the deeper it looks. What one depth has shown stays
   * where it is, and a deeper look only adds behind it, or to what it stands for: parts have no
   * holes and no repeats.
   */
  default List<Hit> page(Each each, int offset, int k) {
    Map<String, Hit> seen = new LinkedHashMap<>();
    for (int depth = FIRST; ; depth *= GROWTH) {
      Reach reach = reach(depth);
      reach.hits().forEach(hit -> seen.merge(each.of(hit), hit, Ranking::further));
      if (seen.size() >= offset + k || reach.isAll() || depth >= DEEPEST) {
        List<Hit> all = new ArrayList<>(seen.values());
        return all.subList(Math.min(offset, all.size()), Math.min(offset + k, all.size()));
      }
    }
  }

  private static Hit further(Hit shown, Hit deeper) {
    return deeper.nearDuplicates().size() > shown.nearDuplicates().size()
        ? shown.standingFor(deeper.nearDuplicates())
        : shown;
  }

  /** The same list, each hit with its place in it. */
  default Ranking named(String list, Each each) {
    return depth -> {
      Reach reach = reach(depth);
      Map<String, Hit> best = new LinkedHashMap<>();
      for (Hit hit : reach.hits()) {
        Hit.Standing standing = new Hit.Standing(list, best.size() + 1, hit.score(), hit.segment());
        best.putIfAbsent(each.of(hit), new Hit(hit.score(), hit.row(), List.of(standing)));
      }
      return new Reach(List.copyOf(best.values()), reach.isAll());
    };
  }
}
