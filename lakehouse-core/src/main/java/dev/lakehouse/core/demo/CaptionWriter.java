// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says what a scene shows, in the grammar that the sample model knows. */
final class CaptionWriter {
  private static final double SYNONYM = 0.12;
  private static final List<String> PREFIXES =
      List.of("", "", "", "a photo of ", "a picture of ", "an image of ", "a drawing of ");

  private final Dice dice;
  private final Scene scene;

  CaptionWriter(Scene scene, Dice dice) {
    this.scene = scene;
    this.dice = dice;
  }

  /** A caption as people write it: 70 % full, 30 % a short query. */
  Caption any() {
    return dice.chance(0.3) ? query() : full();
  }

  /** Names every kind of object. */
  Caption full() {
    Set<String> facts = new HashSet<>(Set.of(Facts.total(scene.kinds())));
    List<String> nouns = new ArrayList<>();
    for (Kind kind : scene.kinds()) {
      facts.add(Facts.counted(kind));
      boolean sized = dice.chance(0.6);
      if (sized) {
        facts.add(Facts.sized(kind));
      }
      nouns.add(noun(kind, sized));
    }
    String objects = objects(nouns, facts);
    if (!dice.chance(0.75)) {
      return new Caption(dice.pick(PREFIXES) + objects, facts);
    }
    facts.add(Facts.background(scene.background()));
    return new Caption(onBackground(objects), facts);
  }

  private String objects(List<String> nouns, Set<String> facts) {
    if (scene.relation().isPresent() && dice.chance(0.85)) {
      Relation relation = scene.relation().get();
      facts.add(Facts.related(scene.kinds(), relation));
      return dice.chance(0.5)
          ? nouns.get(1) + " " + dice.pick(relation.inverse()) + " " + nouns.get(0)
          : nouns.get(0) + " " + dice.pick(relation.words()) + " " + nouns.get(1);
    }
    List<String> order = dice.shuffled(nouns);
    return switch (order.size()) {
      case 1 -> order.get(0);
      case 2 -> order.get(0) + dice.pick(" and ", " and ", " with ", " next to ") + order.get(1);
      default -> order.get(0) + ", " + order.get(1) + " and " + order.get(2);
    };
  }

  private String onBackground(String objects) {
    String colour = word(scene.background().words());
    if (dice.chance(0.12)) {
      return article(colour) + " background with " + objects;
    }
    String background =
        dice.pick(
            " on " + article(colour) + " background",
            " on " + article(colour) + " background",
            " on " + colour,
            " against " + article(colour) + " background");
    return dice.pick(PREFIXES) + objects + background;
  }

  private String noun(Kind kind, boolean sized) {
    String adjectives =
        (sized ? word(kind.size().words()) + " " : "") + word(kind.colour().words()) + " ";
    Figure.Word figure = word(kind.figure().words());
    if (kind.count() > 1) {
      return number(kind.count(), 0.2) + " " + adjectives + figure.several();
    }
    return dice.chance(0.08)
        ? dice.pick("one", "1", "a single") + " " + adjectives + figure.one()
        : article(adjectives + figure.one());
  }

  /** The number in words, and with some probability in digits. */
  private String number(int count, double digits) {
    return dice.chance(digits) ? String.valueOf(count) : count == 2 ? "two" : "three";
  }

  /** A short query about one kind of object, which other scenes may answer too. */
  private Caption query() {
    Kind kind = dice.pick(scene.kinds());
    String colour = word(kind.colour().words());
    Figure.Word figure = word(kind.figure().words());
    double form = dice.share();
    if (form < 0.50) {
      return form < 0.36 ? both(kind, colour, figure) : bothOnBackground(kind, colour, figure);
    }
    if (form < 0.62) {
      String sized = word(kind.size().words()) + " " + colour + " " + figure.one();
      return prefixed(dice.pick(article(sized), sized), Facts.sized(kind));
    }
    if (form < 0.74) {
      String text = dice.pick(article(figure.one()), figure.one(), figure.several());
      return prefixed(text, Facts.figure(kind));
    }
    if (form < 0.84) {
      String something = "something " + colour;
      String text = dice.pick(article(colour) + " shape", colour + " shapes", something);
      return text.equals(something)
          ? new Caption(text, Set.of(Facts.colour(kind)))
          : prefixed(text, Facts.colour(kind));
    }
    return form < 0.92 ? backgroundAlone() : figuresCounted(kind, figure);
  }

  private Caption both(Kind kind, String colour, Figure.Word figure) {
    String one = colour + " " + figure.one();
    String text = dice.pick(article(one), article(one), one, colour + " " + figure.several());
    return prefixed(text, Facts.both(kind));
  }

  private Caption bothOnBackground(Kind kind, String colour, Figure.Word figure) {
    String background = scene.background().words().get(0);
    String text =
        article(colour + " " + figure.one())
            + dice.pick(" on " + article(background) + " background", " on " + background);
    return prefixed(text, Facts.both(kind), Facts.background(scene.background()));
  }

  private Caption backgroundAlone() {
    String background = word(scene.background().words()) + " background";
    return prefixed(
        dice.pick(article(background), background), Facts.background(scene.background()));
  }

  private Caption figuresCounted(Kind kind, Figure.Word figure) {
    int count = Facts.count(kind.figure(), scene.kinds());
    String text = count == 1 ? "one " + figure.one() : number(count, 0.5) + " " + figure.several();
    return prefixed(text, Facts.figures(kind, scene.kinds()));
  }

  private Caption prefixed(String text, String... facts) {
    return new Caption(dice.pick(PREFIXES) + text, Set.of(facts));
  }

  private <T> T word(List<T> words) {
    boolean synonym = words.size() > 1 && dice.chance(SYNONYM);
    return synonym ? dice.pick(words.subList(1, words.size())) : words.get(0);
  }

  private static String article(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }
}
