// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A drawn scene: one to three objects on a coloured background.
 *
 * @param seed that the scene and its captions come from
 * @param background its colour
 * @param backgroundRgb the tint of its background, 0xRRGGBB
 * @param kinds what it shows
 * @param relation of the first kind to the second, in scenes made to show one
 * @param objects where everything is
 */
public record Scene(
    long seed,
    Colour background,
    int backgroundRgb,
    List<Kind> kinds,
    Optional<Relation> relation,
    List<Placed> objects) {

  /** Side of the canvas on which places are given, in pixels. */
  static final int CANVAS = 224;

  public Scene {
    kinds = List.copyOf(kinds);
    objects = List.copyOf(objects);
  }

  /** The scene of a seed. */
  public static Scene random(long seed) {
    Dice dice = new Dice(seed);
    while (true) {
      Plot plot = Plot.random(dice);
      int backgroundRgb = plot.background().tint(dice);
      Optional<List<Placed>> objects = plot.layOut(dice);
      if (objects.isPresent()) {
        return new Scene(
            seed, plot.background(), backgroundRgb, plot.kinds(), plot.relation(), objects.get());
      }
    }
  }

  /**
   * Scenes without end whose objects differ from the background in brightness. Where they differ in
   * hue alone, whoever measures sharpness in grey finds the picture blurred.
   */
  static Stream<Scene> bold(long seed) {
    return LongStream.iterate(seed, next -> next + 1).mapToObj(Scene::random).filter(Scene::isBold);
  }

  /** What this scene shows, placed and tinted anew; what it is worth asking a search for. */
  public Scene redrawn(long newSeed) {
    Dice dice = new Dice(newSeed);
    Plot plot = new Plot(background, kinds, relation);
    int newBackground = background.tint(dice);
    Optional<List<Placed>> placed = plot.layOut(dice);
    while (placed.isEmpty()) {
      placed = plot.layOut(dice);
    }
    return new Scene(newSeed, background, newBackground, kinds, relation, placed.get());
  }

  /**
   * Scenes that the sample model never saw, no full caption of which is true of another.
   *
   * @param count how many
   * @param seed where to begin; galleries of far seeds share no scene
   */
  public static List<Scene> unseenGallery(int count, long seed) {
    List<Scene> gallery = new ArrayList<>();
    for (long next = seed; gallery.size() < count; next++) {
      Scene scene = random(next);
      if (scene.split() != Split.TRAIN && scene.isToldApartFrom(gallery)) {
        gallery.add(scene);
      }
    }
    return gallery;
  }

  private boolean isToldApartFrom(List<Scene> others) {
    Caption own = fullCaption();
    return others.stream()
        .noneMatch(other -> own.holdsOf(other) || other.fullCaption().holdsOf(this));
  }

  private boolean isBold() {
    return kinds.stream().allMatch(kind -> kind.colour().standsOutFrom(background));
  }

  /** Whether the sample model may have seen what the scene shows. */
  public Split split() {
    return Split.of(background, kinds);
  }

  /** A caption as the model was trained on: in part full, in part a short query. */
  public Caption caption() {
    return new CaptionWriter(this, new Dice(seed ^ 0x0CA9_7101L)).any();
  }

  /** A caption that names every object. */
  public Caption fullCaption() {
    return new CaptionWriter(this, new Dice(seed ^ 0xF011_CA97L)).full();
  }

  /** Everything that can be said of the scene. */
  Set<String> facts() {
    return Facts.of(background, kinds, relation);
  }
}
