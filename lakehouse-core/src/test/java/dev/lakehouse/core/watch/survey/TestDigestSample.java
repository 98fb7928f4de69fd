// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Digests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestDigestSample {
  private static final List<String> CONTENTS =
      IntStream.range(0, 5_000).mapToObj(i -> Digests.sha256("content " + i)).toList();

  private static DigestSample<String> sample(List<String> contents, int most) {
    DigestSample<String> sample = new DigestSample<>(most, (one, other) -> one);
    contents.forEach(each -> sample.offer(each, each));
    return sample;
  }

  @Test
  void fewAreAllKept() {
    DigestSample<String> sample = sample(CONTENTS, 5_000);

    assertThat(sample.size()).isEqualTo(5_000);
    assertThat(sample.isPart()).isFalse();
  }

  @Test
  void ofManyTheSameAreChosenInWhateverOrderTheyCome() {
    List<String> shuffled = new ArrayList<>(CONTENTS);
    Collections.shuffle(shuffled, new Random(1));
    DigestSample<String> one = sample(CONTENTS, 1_000);
    DigestSample<String> other = sample(shuffled, 1_000);

    assertThat(one.isPart()).isTrue();
    assertThat(one.size()).isBetween(400, 1_000);
    assertThat(CONTENTS).allSatisfy(each -> assertThat(other.find(each)).isEqualTo(one.find(each)));
  }

  @Test
  void aContentPassesWhereOneOfItsOwnersDoes() {
    Owner copy = new Owner("a", false);
    Owner keeper = new Owner("b", true);
    Owner late = new Owner("c", true);

    for (List<Owner> order : List.of(List.of(copy, keeper, late), List.of(late, keeper, copy))) {
      DigestSample<Owner> sample = new DigestSample<>(10, Owner::of);
      order.forEach(owner -> sample.offer(CONTENTS.get(0), owner));

      assertThat(sample.find(CONTENTS.get(0))).contains(keeper);
    }
    assertThat(Owner.of(new Owner("b", false), copy)).isEqualTo(copy);
  }
}
