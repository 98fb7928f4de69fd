// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A list without the near-duplicates of what stands higher in it. Each hit is compared with those
 * that are kept, by the vectors of the segments that were found; the first that is near enough
 * stands for it.
 *
 * @param list best first
 * @param index that holds the vectors of its hits
 * @param cosine from which on two are near-duplicates
 */
record Collapsed(Ranking list, IndexReader index, double cosine) implements Ranking {
  /** Looked through at most: a look compares every hit with every kept one. */
  static final int DEEPEST_LOOK = FIRST * GROWTH * GROWTH * GROWTH * GROWTH;

  /** A list without near-duplicates, or as it is where nobody says what is one. */
  static Ranking of(Ranking list, IndexReader index, Optional<Double> cosine) {
    return cosine.<Ranking>map(least -> new Collapsed(list, index, least)).orElse(list);
  }

  /** A hit that is kept, with its vector and those it stands for. */
  private record Kept(Hit hit, float @Nullable [] vector, List<String> others) {}

  @Override
  public Reach reach(int depth) {
    Reach reach = list.reach(Math.min(depth, DEEPEST_LOOK));
    Map<String, SortedMap<String, float[]>> vectors =
        index.vectors(reach.hits().stream().map(Hit::assetId).toList());
    List<Kept> kept = new ArrayList<>();
    for (Hit hit : reach.hits()) {
      SortedMap<String, float[]> segments = vectors.get(hit.assetId());
      float[] vector = segments == null ? null : segments.get(hit.segment());
      Kept like = vector == null ? null : like(vector, kept);
      if (like == null) {
        kept.add(new Kept(hit, vector, new ArrayList<>()));
      } else {
        like.others().add(hit.assetId());
      }
    }
    return new Reach(
        kept.stream().map(each -> each.hit().standingFor(each.others())).toList(),
        reach.isAll() || depth >= DEEPEST_LOOK);
  }

  private @Nullable Kept like(float[] vector, List<Kept> kept) {
    for (Kept each : kept) {
      if (each.vector() != null && cosine(vector, each.vector()) >= cosine) {
        return each;
      }
    }
    return null;
  }

  /** Of vectors of an index, whose length is 1. */
  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
