// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a scene shall show, before anything has a place.
 *
 * @param background its colour
 * @param kinds one to three, no two of the same colour and shape
 * @param relation of the first to the second, where the scene has one
 */
record Plot(Colour background, List<Kind> kinds, Optional<Relation> relation) {
  private static final int TRIES = 60;

  /** One object 25 %, two or three alike 20 %, two in a relation 30 %, a mixture 25 %. */
  static Plot random(Dice dice) {
    Colour background = dice.pick(Colour.values());
    double form = dice.share();
    Kind first = kind(dice, background, List.of());
    if (form < 0.45) {
      int count = form < 0.25 ? 1 : dice.between(2, 3);
      return new Plot(background, List.of(first.times(count)), Optional.empty());
    }
    Kind second = kind(dice, background, List.of(first));
    if (form < 0.75) {
      return new Plot(
          background, List.of(first, second), Optional.of(dice.pick(Relation.values())));
    }
    List<Kind> mixture =
        dice.chance(0.5)
            ? List.of(first.times(2), second)
            : List.of(first, second, kind(dice, background, List.of(first, second)));
    return new Plot(background, mixture, Optional.empty());
  }

  private static Kind kind(Dice dice, Colour background, List<Kind> others) {
    while (true) {
      Kind kind =
          new Kind(
              dice.pick(Colour.values()), dice.pick(Figure.values()), dice.pick(Size.values()), 1);
      if (kind.colour() != background && others.stream().noneMatch(kind::looksLike)) {
        return kind;
      }
    }
  }

  /** Gives every object a place; empty when sixty tries found no room. */
  Optional<List<Placed>> layOut(Dice dice) {
    List<Integer> tints = kinds.stream().map(kind -> kind.colour().tint(dice)).toList();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Placed> placed = relation.isPresent() ? pair(dice, tints) : scattered(dice, tints);
      if (isClear(placed)) {
        return Optional.of(placed);
      }
    }
    return Optional.empty();
  }

  private List<Placed> scattered(Dice dice, List<Integer> tints) {
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      double radius = kinds.get(i).size().radius(dice);
      for (int n = 0; n < kinds.get(i).count(); n++) {
        placed.add(place(dice, i, anywhere(dice, radius), anywhere(dice, radius), radius, tints));
      }
    }
    return placed;
  }

  /** The named direction is always longer than the drift across it. */
  private List<Placed> pair(Dice dice, List<Integer> tints) {
    double first = kinds.get(0).size().radius(dice);
    double second = kinds.get(1).size().radius(dice);
    double along = dice.between(1.0, 1.6) * Placed.apart(first, second);
    double across = dice.between(-0.35, 0.35) * along;
    double x = anywhere(dice, first);
    double y = anywhere(dice, first);
    boolean above = relation.orElseThrow() == Relation.ABOVE;
    return List.of(
        place(dice, 0, x, y, first, tints),
        place(dice, 1, x + (above ? across : along), y + (above ? along : across), second, tints));
  }

  private Placed place(
      Dice dice, int kind, double x, double y, double radius, List<Integer> tints) {
    Figure figure = kinds.get(kind).figure();
    double degrees = figure.turns() ? dice.between(-8.0, 8.0) : 0;
    return new Placed(figure, x, y, radius, degrees, tints.get(kind));
  }

  private static double anywhere(Dice dice, double radius) {
    return dice.between(Placed.inset(radius), Scene.CANVAS - Placed.inset(radius));
  }

  private static boolean isClear(List<Placed> placed) {
    for (int i = 0; i < placed.size(); i++) {
      Placed one = placed.get(i);
      if (!one.fits() || !placed.subList(0, i).stream().allMatch(one::clearOf)) {
        return false;
      }
    }
    return true;
  }
}
