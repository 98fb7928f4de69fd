// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.search.SearchMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReplaySet {
  @TempDir Path folder;

  private static ReplayQuery query(String words, String... expected) {
    return new ReplayQuery(words, "text", SearchMode.VECTOR, List.of(expected));
  }

  private ReplayMemory memory() {
    return ReplayMemory.of(
        LakeLayout.of(folder.toString(), Settings.defaults()), new Configuration());
  }

  @Test
  void whatWasKeptIsThereAgain() {
    assertThat(memory().now().queries()).isEmpty();
    ReplayQuery words =
        new ReplayQuery("\"in quotes\" é", "clip", SearchMode.WORDS, List.of("a.png", "id"));

    memory().keep(set -> set.with(List.of(query("one", "a"), words, query("nothing"))));

    assertThat(memory().now().queries())
        .containsExactly(query("one", "a"), words, query("nothing"));
    assertThat(memory().now().queries().get(2).isOffTopic()).isTrue();
  }

  @Test
  void aQuestionIsKeptOnceAndExpectsWhatWasSaidLast() throws IOException {
    memory().keep(set -> set.with(List.of(query("one", "a"), query("two", "b"))));
    memory().keep(set -> set.with(List.of(query("one", "c"))));
    memory().keep(set -> set.with(List.of(query("one", "c")))); // writes nothing

    assertThat(memory().now().queries()).containsExactly(query("one", "c"), query("two", "b"));
    try (var files = Files.list(folder.resolve("replay"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void whoKeepsAtOnceLosesNothing() {
    List<CompletableFuture<ReplaySet>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ReplayQuery one = query("question " + i, "a");
      all.add(CompletableFuture.supplyAsync(() -> memory().keep(set -> set.with(List.of(one)))));
    }
    all.forEach(CompletableFuture::join);

    assertThat(memory().now().queries()).hasSize(8);
  }

  @Test
  void aQuestionLeavesByItsId() {
    ReplaySet set = new ReplaySet(List.of(query("one", "a"), query("two", "b")));

    assertThat(set.without(List.of(query("one").id().substring(0, 8))).queries())
        .containsExactly(query("two", "b"));
    assertThatThrownBy(() -> set.without(List.of("nobody")))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("'nobody' names none of the 2 questions")
        .hasMessageContaining("replay list");
  }

  @Test
  void aFileHasAQuestionOnEachLine() {
    String text =
        """
        {"words": "a cat", "expected": ["x.png"]}

        {"words": "tax law", "family": "text", "mode": "words", "expected": []}
        """;

    assertThat(ReplaySet.lines(text, "q.jsonl"))
        .containsExactly(
            query("a cat", "x.png"),
            new ReplayQuery("tax law", "text", SearchMode.WORDS, List.of()));
  }

  @Test
  void aWrongLineIsNamed() {
    for (String wrong :
        List.of(
            "{\"words\": \"a\"}",
            "{\"words\": \"\", \"expected\": []}",
            "{\"words\": \"a\", \"expected\": \"x\"}",
            "{\"words\": \"a\", \"expected\": [1]}",
            "{\"words\": \"a\", \"expected\": [], \"mode\": \"magic\"}",
            "{\"words\": \"a\", \"expected\": [], \"famly\": \"text\"}",
            "[1]",
            "{\"words\": ")) {
      assertThatThrownBy(
              () -> ReplaySet.lines("{\"words\": \"a\", \"expected\": []}\n" + wrong, "q.jsonl"))
          .as(wrong)
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining("line 2 of q.jsonl");
    }
  }

  @Test
  void gainIsThatOfTheRanks() {
    Replayed first = replayed(List.of(1), "a");
    Replayed third = replayed(List.of(3), "a");
    Replayed two = replayed(List.of(4, 1), "a", "b", "c");

    assertThat(first.ndcg()).isEqualTo(1);
    assertThat(third.ndcg()).isCloseTo(0.5, within(1e-9)); // 1 / log2(4)
    assertThat(two.rank()).hasValue(1);
    assertThat(two.recall()).isCloseTo(2 / 3.0, within(1e-9));
    double ideal = 1 + 1 / log2(3) + 1 / log2(4);
    assertThat(two.ndcg()).isCloseTo((1 + 1 / log2(5)) / ideal, within(1e-9));
    assertThat(replayed(List.of(), "a").ndcg()).isZero();
  }

  private static Replayed replayed(List<Integer> ranks, String... expected) {
    return new Replayed(query("q", expected), ranks, Optional.of(0.5), Optional.empty(), 10);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  @Test
  void aThresholdStandsWhereScoresPart() {
    List<Double> on = List.of(0.9, 0.8, 0.7, 0.6);
    List<Double> off = List.of(0.1, 0.2, 0.3);

    Threshold apart = Threshold.between(on, off, 0.05);
    assertThat(apart.value()).isCloseTo(0.45, within(1e-9));
    assertThat(apart.onRefused()).isZero();
    assertThat(apart.offRefused()).isEqualTo(1);
  }

  @Test
  void aThresholdRefusesNoMoreOnTopicThanItMay() {
    List<Double> on = IntStream.range(0, 100).mapToObj(i -> 0.2 + i / 100.0).toList();
    List<Double> off = IntStream.range(0, 100).mapToObj(i -> 0.1 + i / 500.0).toList();

    Threshold free = Threshold.between(on, off, 0.99);
    Threshold bound = Threshold.between(on, off, 0.05);

    assertThat(free.onRefused()).isGreaterThan(0.05);
    assertThat(bound.onRefused()).isLessThanOrEqualTo(0.05);
    assertThat(bound.offRefused()).isBetween(0.5, free.offRefused());
    assertThat(Threshold.between(off, off, 0.05).offRefused()).isLessThanOrEqualTo(0.05);
  }

  @Test
  void builtInQuestionsAreManyAndDifferent() {
    assertThat(OffTopic.TEXTS)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(100)
        .noneMatch(text -> text.contains("%"));
  }
}
