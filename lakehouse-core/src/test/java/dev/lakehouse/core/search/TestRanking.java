// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexColumns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TestRanking {

  /** An index that guesses: at each depth it finds others, in another order, and several parts. */
  @RepeatedTest(30)
  void pagesHaveNoHolesAndNoRepeats(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    int assets = 1 + new Random(seed).nextInt(300);
    Ranking guessing =
        depth -> {
          Random random = new Random(31L * seed + depth);
          List<Hit> all = new ArrayList<>();
          IntStream.range(0, 3 * assets)
              .forEach(i -> all.add(hit("a" + i % assets, 1.0 / (i + 1))));
          Collections.shuffle(all, random);
          return new Ranking.Reach(all.subList(0, Math.min(depth, all.size())), depth > all.size());
        };
    for (Ranking ranking : List.of(guessing, guessing.named("x", Each.ASSET))) {
      List<String> pages = new ArrayList<>();
      int size = 1 + new Random(seed).nextInt(40);
      for (int from = 0; from < assets; from += size) {
        pages.addAll(ids(ranking.page(Each.ASSET, from, size)));
      }
      assertThat(pages)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, assets).mapToObj(i -> "a" + i).toList());
      assertThat(ids(ranking.page(Each.ASSET, 0, size)))
          .isEqualTo(pages.subList(0, Math.min(size, assets)));
      assertThat(ranking.page(Each.ASSET, assets, size)).isEmpty();
    }
  }

  /** What was shown stays, and a deeper look tells more of what it stands for. */
  @Test
  void aDeeperLookFindsMoreNearDuplicates() {
    Ranking growing =
        depth -> {
          List<String> alike = IntStream.range(0, depth / 8).mapToObj(i -> "b" + i).toList();
          List<Hit> hits = new ArrayList<>(List.of(hit("a", 1).standingFor(alike)));
          IntStream.range(0, depth / 8).forEach(i -> hits.add(hit("c" + i, 0.5 / (i + 1))));
          return new Ranking.Reach(hits, depth > 100);
        };

    assertThat(growing.page(Each.ASSET, 0, 1).get(0).nearDuplicates()).hasSize(2);
    List<Hit> further = growing.page(Each.ASSET, 0, 10);
    assertThat(further.get(0).nearDuplicates()).hasSize(32);
    assertThat(ids(further)).hasSize(10).startsWith("a", "c0", "c1");
  }

  @Test
  void ranksCountAndScoresDoNot() {
    Ranking one = list(hit("a", 100), hit("b", 99), hit("c", 1)).named("one", Each.ASSET);
    Ranking other = list(hit("b", 0.2), hit("d", 0.1)).named("other", Each.ASSET);

    List<Hit> fused =
        new Fusion(Each.ASSET, List.of(1.0, 2.0), List.of(one, other)).page(Each.ASSET, 0, 10);

    assertThat(ids(fused)).containsExactly("b", "d", "a", "c");
    assertThat(fused.get(0).score()).isEqualTo(1.0 / 62 + 2.0 / 61, within(1e-12));
    assertThat(fused.get(0).standing("one").map(Hit.Standing::rank)).isEqualTo(Optional.of(2));
    assertThat(fused.get(0).standing("other").map(Hit.Standing::score)).isEqualTo(Optional.of(0.2));
    assertThat(fused.get(1).standing("one")).isEmpty();
  }

  @Test
  void whatIsEqualIsInTheOrderOfIds() {
    Ranking one = list(hit("b", 2), hit("a", 1)).named("one", Each.ASSET);
    Ranking other = list(hit("a", 2), hit("b", 1)).named("other", Each.ASSET);

    assertThat(
            ids(
                new Fusion(Each.ASSET, List.of(1.0, 1.0), List.of(one, other))
                    .page(Each.ASSET, 0, 2)))
        .containsExactly("a", "b");
  }

  private static Ranking list(Hit... hits) {
    return depth -> new Ranking.Reach(List.of(hits), true);
  }

  private static Hit hit(String asset, double score) {
    return new Hit(
        score,
        Values.of(IndexColumns.TABLE)
            .set(IndexColumns.ASSET_ID, asset)
            .set(IndexColumns.SEGMENT, "whole"));
  }

  private static List<String> ids(List<Hit> hits) {
    return hits.stream().map(Hit::assetId).toList();
  }
}
