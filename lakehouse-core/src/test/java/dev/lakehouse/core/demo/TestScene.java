// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.SharedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TestScene {
  private static final List<Scene> SCENES =
      LongStream.range(0, 4000).mapToObj(Scene::random).toList();

  @Test
  void theFormsAreAsFrequentAsTheGrammarSays() {
    Map<String, Integer> forms = new HashMap<>();
    SCENES.forEach(scene -> forms.merge(form(scene), 1, Integer::sum));

    assertThat(share(forms, "single")).isCloseTo(0.25, within(0.03));
    assertThat(share(forms, "group")).isCloseTo(0.20, within(0.03));
    assertThat(share(forms, "related")).isCloseTo(0.30, within(0.03));
    assertThat(share(forms, "mixture")).isCloseTo(0.25, within(0.03));
  }

  private static double share(Map<String, Integer> forms, String form) {
    return forms.get(form) / (double) SCENES.size();
  }

  private static String form(Scene scene) {
    if (scene.relation().isPresent()) {
      return "related";
    }
    return scene.kinds().size() > 1 ? "mixture" : scene.objects().size() > 1 ? "group" : "single";
  }

  @Test
  void objectsLieApartAndWhole() {
    for (Scene scene : SCENES) {
      List<Placed> objects = scene.objects();
      for (int i = 0; i < objects.size(); i++) {
        assertThat(objects.get(i).fits()).isTrue();
        assertThat(objects.subList(0, i)).allMatch(objects.get(i)::clearOf);
      }
      assertThat(scene.kinds()).noneMatch(kind -> kind.colour() == scene.background());
    }
  }

  @Test
  void captionsHoldOfTheirScene() {
    assertThat(SCENES).allMatch(scene -> scene.caption().holdsOf(scene));
    assertThat(SCENES).allMatch(scene -> scene.fullCaption().holdsOf(scene));
  }

  @Test
  void captionsKeepToTheWordsOfTheModel() throws IOException {
    Path tokenizer = SharedData.require("models/shapes-clip-v1/tokenizer.json");
    Set<String> vocabulary = new HashSet<>();
    Json.mapper()
        .readTree(tokenizer.toFile())
        .at("/model/vocab")
        .fieldNames()
        .forEachRemaining(vocabulary::add);

    Set<String> used = new HashSet<>();
    SCENES.stream()
        .flatMap(scene -> Stream.of(scene.caption(), scene.fullCaption()))
        .forEach(caption -> used.addAll(List.of(caption.text().split("(?=,)| "))));

    assertThat(vocabulary).containsAll(used);
    assertThat(used).hasSizeGreaterThan(75); // and make use of nearly all of them
  }

  @Test
  void articlesFitTheirNouns() {
    assertThat(SCENES)
        .allSatisfy(
            scene ->
                assertThat(scene.caption().text())
                    .doesNotContainPattern("\\ba [aeiou]")
                    .doesNotContainPattern("\\ban [^aeiou]"));
  }

  @Test
  void nineColouredShapesAreNeverTrained() {
    List<String> unseen = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      for (Colour colour : Colour.values()) {
        List<Kind> kinds = List.of(new Kind(colour, figure, Size.SMALL, 1));
        if (Split.of(Colour.GREY, kinds) == Split.UNSEEN_PAIR) {
          unseen.add((colour + " " + figure).toLowerCase());
        }
      }
    }

    assertThat(unseen)
        .containsExactly(
            "brown circle",
            "yellow square",
            "white triangle",
            "purple star",
            "red hexagon",
            "cyan cross",
            "blue ring",
            "black diamond",
            "orange heart");
  }

  @Test
  void captionsOfAGalleryAreTrueOfTheirOwnSceneOnly() {
    List<Scene> gallery = Scene.unseenGallery(250, 1);

    assertThat(gallery).hasSize(250).doesNotHaveDuplicates();
    assertThat(gallery).noneMatch(scene -> scene.split() == Split.TRAIN);
    for (Scene scene : gallery) {
      assertThat(gallery.stream().filter(scene.fullCaption()::holdsOf)).containsExactly(scene);
    }
  }

  @Test
  void drawingIsRepeatable() {
    assertThat(pixels(SceneRenderer.draw(Scene.random(7), 224)))
        .isEqualTo(pixels(SceneRenderer.draw(Scene.random(7), 224)));
  }

  /** The reference pictures were drawn by another renderer from the same descriptions. */
  @Test
  void drawsWhatTheReferenceDraws() throws IOException {
    Path golden = SharedData.require("models/golden");
    for (JsonNode image :
        Json.mapper().readTree(golden.resolve("cases.json").toFile()).get("images")) {
      BufferedImage expected = ImageIO.read(golden.resolve(image.get("file").asText()).toFile());

      BufferedImage drawn = SceneRenderer.draw(scene(image.get("scene")), expected.getWidth());

      assertThat(meanDifference(drawn, expected)).as(image.get("file").asText()).isLessThan(0.6);
    }
  }

  private static Scene scene(JsonNode json) {
    List<Kind> kinds = new ArrayList<>();
    for (JsonNode kind : json.get("kinds")) {
      kinds.add(
          new Kind(
              Colour.values()[kind.get("colour").asInt()],
              Figure.values()[kind.get("shape").asInt()],
              Size.values()[kind.get("size").asInt()],
              kind.get("n").asInt()));
    }
    List<Placed> objects = new ArrayList<>();
    for (JsonNode object : json.get("objects")) {
      Figure figure = Figure.values()[object.get("shape").asInt()];
      objects.add(
          new Placed(
              figure,
              object.get("x").asDouble(),
              object.get("y").asDouble(),
              object.get("r").asDouble(),
              figure.turns() ? object.get("rot").asDouble() : 0,
              rgb(object.get("rgb"))));
    }
    Colour background = Colour.values()[json.get("bg").asInt()];
    return new Scene(0, background, rgb(json.get("bg_rgb")), kinds, Optional.empty(), objects);
  }

  private static int rgb(JsonNode channels) {
    return channels.get(0).asInt() << 16 | channels.get(1).asInt() << 8 | channels.get(2).asInt();
  }

  private static double meanDifference(BufferedImage a, BufferedImage b) {
    int[] left = pixels(a);
    int[] right = pixels(b);
    long sum =
        IntStream.range(0, left.length).mapToLong(i -> channelDifference(left[i], right[i])).sum();
    return sum / 3.0 / left.length;
  }

  private static int channelDifference(int a, int b) {
    return Math.abs((a >> 16 & 255) - (b >> 16 & 255))
        + Math.abs((a >> 8 & 255) - (b >> 8 & 255))
        + Math.abs((a & 255) - (b & 255));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
