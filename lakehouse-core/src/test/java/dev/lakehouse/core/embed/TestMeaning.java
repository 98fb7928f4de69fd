// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.demo.SceneRenderer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Whether near vectors mean the same, from the bytes of pictures and from words. */
class TestMeaning {
  private static final int GALLERY = 240;
  private static final long SEED = 7_000_000;
  private static final int BATCH = 32;

  @Test
  void captionsFindTheirScenesAmongUnseenOnes() {
    List<Scene> scenes = Scene.unseenGallery(GALLERY, SEED);
    List<float[]> pictures =
        Vectors.encode(
            Vectors.shapesClip(Tower.IMAGE), scenes.stream().map(TestMeaning::png).toList(), BATCH);
    List<float[]> captions =
        Vectors.encode(
            Vectors.shapesClip(Tower.TEXT),
            scenes.stream().map(scene -> EmbedInput.text(scene.fullCaption().text())).toList(),
            BATCH);

    int[] ranks = Vectors.ranks(captions, pictures);
    assertThat(share(ranks, 1)).as("R@1").isGreaterThanOrEqualTo(0.90);
    assertThat(share(ranks, 5)).as("R@5").isGreaterThanOrEqualTo(0.98);

    List<float[]> shuffled = new ArrayList<>(pictures);
    Collections.shuffle(shuffled, new Random(SEED));
    assertThat(share(Vectors.ranks(captions, shuffled), 5)).as("R@5 of others").isLessThan(0.10);
  }

  @Test
  void paraphrasesFindTheirTexts() {
    List<String> texts = new ArrayList<>();
    List<String> paraphrases = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (List<String> block : blocks()) {
      texts.add(block.get(0));
      paraphrases.add(block.get(1));
      others.addAll(block.subList(2, block.size()));
    }
    texts.addAll(others);
    texts.addAll(plainSentences());
    assertThat(paraphrases).hasSize(50);
    assertThat(texts).hasSizeGreaterThanOrEqualTo(500).doesNotHaveDuplicates();

    int[] ranks = Vectors.ranks(minilm(paraphrases), minilm(texts));

    assertThat(share(ranks, 1)).as("right text first").isGreaterThanOrEqualTo(0.90);
  }

  private static List<float[]> minilm(List<String> texts) {
    return Vectors.encode(Vectors.minilm(), texts.stream().map(EmbedInput::text).toList(), BATCH);
  }

  private static double share(int[] ranks, int best) {
    return Arrays.stream(ranks).filter(rank -> rank < best).count() / (double) ranks.length;
  }

  /** Blocks of lines: a text, its paraphrase, and others about the same thing. */
  private static List<List<String>> blocks() {
    List<List<String>> blocks = new ArrayList<>();
    List<String> block = new ArrayList<>();
    for (String line : lines()) {
      if (!line.isBlank()) {
        block.add(line);
      } else if (!block.isEmpty()) {
        blocks.add(List.copyOf(block));
        block.clear();
      }
    }
    blocks.add(block);
    return blocks;
  }

  private static List<String> lines() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                TestMeaning.class.getResourceAsStream("paraphrases.txt"),
                StandardCharsets.UTF_8))) {
      return in.lines().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Three hundred more to be lost among. */
  private static List<String> plainSentences() {
    List<String> who =
        List.of(
            "The ferry",
            "The museum",
            "Our cat",
            "The mayor",
            "The train",
            "The bank",
            "The choir",
            "The library",
            "A young wolf",
            "The river",
            "My grandmother",
            "The school",
            "The pilot",
            "The orchestra",
            "The bakery",
            "The new bridge",
            "The old lighthouse",
            "The footballer",
            "The judge",
            "The spacecraft");
    List<String> what =
        List.of(
            "is the pride of the town.",
            "was late again this morning.",
            "needs money before the winter.",
            "cannot be seen from the road.",
            "appeared in the newspaper on Monday.",
            "makes a strange noise at night.",
            "has changed a lot since last year.",
            "is older than anybody remembers.",
            "was painted by a local artist.",
            "gets more visitors every summer.",
            "has a new home beside the park.",
            "was forgotten during the holidays.",
            "costs more than it should.",
            "waits for better weather.",
            "will be celebrated on Saturday.");
    return who.stream().flatMap(one -> what.stream().map(rest -> one + " " + rest)).toList();
  }

  private static EmbedInput png(Scene scene) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(SceneRenderer.draw(scene, 224), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return EmbedInput.image(bytes.toByteArray());
  }
}
