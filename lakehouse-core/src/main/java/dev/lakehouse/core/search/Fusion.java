// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.Hit.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several lists as one, by reciprocal ranks: what stands at rank r of a list gets w / (60 + r) from
 * it. Scores of different kinds are never compared.
 *
 * <p>Cormack, Clarke and Buettcher, "Reciprocal Rank Fusion outperforms Condorcet and individual
 * Rank Learning Methods", SIGIR 2009; 60 is theirs.
 *
 * @param each of what there is one hit
 * @param weights of the lists, as many and above 0
 * @param lists whose hits have their place in them, see {@link Ranking#named}
 */
record Fusion(Each each, List<Double> weights, List<Ranking> lists) implements Ranking {
  private static final int K = 60;

  /** Lists are looked into further than what they make together, so that both have their say. */
  private static final int FURTHER = 4;

  private static final Comparator<Hit> ORDER =
      Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::assetId);

  /** What a place in one of the lists adds. */
  static double part(double weight, int rank) {
    return weight / (K + rank);
  }

  @Override
  public Reach reach(int depth) {
    Map<String, Sum> sums = new LinkedHashMap<>();
    boolean isAll = true;
    for (int i = 0; i < lists.size(); i++) {
      Reach reach = lists.get(i).reach(Math.min(FURTHER * depth, DEEPEST));
      isAll &= reach.isAll();
      for (int rank = 1; rank <= reach.hits().size(); rank++) {
        Hit hit = reach.hits().get(rank - 1);
        sums.computeIfAbsent(each.of(hit), key -> new Sum()).add(hit, rank, weights.get(i));
      }
    }
    return new Reach(sums.values().stream().map(Sum::hit).sorted(ORDER).toList(), isAll);
  }

  /** What the lists say of one asset; its row is that of the list where it stands highest. */
  private static final class Sum {
    private final List<Hit> hits = new ArrayList<>();
    private final List<Standing> standings = new ArrayList<>();
    private double score;
    private int bestRank = Integer.MAX_VALUE;

    void add(Hit hit, int rank, double weight) {
      hits.add(rank < bestRank ? 0 : hits.size(), hit);
      bestRank = Math.min(bestRank, rank);
      standings.addAll(hit.standings());
      score += part(weight, rank);
    }

    Hit hit() {
      return new Hit(score, hits.get(0).row(), standings);
    }
  }
}
