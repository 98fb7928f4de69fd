// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Preparation;
import dev.lakehouse.core.embed.TowerKind;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What towers for texts are given. */
public record TextTower() implements TowerKind {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_SAMPLE = 12; // sentences
  private static final List<String> WHO =
      List.of("The doctor", "A small dog", "My neighbour", "The last ferry", "Nobody in town");
  private static final List<String> DOES =
      List.of("waits for", "remembers", "reads about", "is late for", "has never seen");
  private static final List<String> WHAT =
      List.of("the red bicycle", "an old sentence", "rising interest rates", "the sea", "a circle");

  @Override
  public String tower() {
    return Tower.TEXT;
  }

  @Override
  public String steps() {
    return TokenBatch.STEPS;
  }

  @Override
  public Preparation<?> preparation(LoadedTower loaded, Limits limits) {
    return new TextPreparation(loaded);
  }

  @Override
  public int itemsOnCpu() {
    return 64;
  }

  @Override
  public boolean isUniform() {
    return false;
  }

  @Override
  public List<EmbedInput> samples(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> sample(i, 1 + LONGEST_SAMPLE * i / Math.max(1, count)))
        .toList();
  }

  private static EmbedInput sample(int number, int sentences) {
    Random random = new Random(number);
    return EmbedInput.text(
        IntStream.range(0, sentences)
            .mapToObj(
                i -> "%s %s %s.".formatted(any(WHO, random), any(DOES, random), any(WHAT, random)))
            .collect(Collectors.joining(" ")));
  }

  private static String any(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  @Override
  public List<EmbedInput> largest(Tower tower, BatchShape shape) {
    int longest = tower.requireTokenizer().maxTokens();
    int texts = (int) Math.max(1, Math.min(shape.rows(), shape.cells() / longest));
    return Collections.nCopies(texts, EmbedInput.text("word ".repeat(longest)));
  }
}
