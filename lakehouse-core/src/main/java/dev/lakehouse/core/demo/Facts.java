// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a scene shows and what a caption claims, in the same words: a caption holds of a scene when
 * the scene has all its facts.
 */
final class Facts {

  private Facts() {}

  /** Everything that can be said of a scene. */
  static Set<String> of(Colour background, List<Kind> kinds, Optional<Relation> relation) {
    Set<String> facts = new HashSet<>();
    facts.add(background(background));
    facts.add(total(kinds));
    for (Kind kind : kinds) {
      facts.add(colour(kind));
      facts.add(figure(kind));
      facts.add(both(kind));
      facts.add(sized(kind));
      facts.add(counted(kind));
      facts.add(figures(kind, kinds));
    }
    relation.ifPresent(of -> facts.add(related(kinds, of)));
    return facts;
  }

  static String background(Colour colour) {
    return "background " + colour;
  }

  static String total(List<Kind> kinds) {
    return kinds.stream().mapToInt(Kind::count).sum() + " objects";
  }

  static String colour(Kind kind) {
    return "something " + kind.colour();
  }

  static String figure(Kind kind) {
    return "some " + kind.figure();
  }

  static String both(Kind kind) {
    return "some " + kind.colour() + " " + kind.figure();
  }

  static String sized(Kind kind) {
    return "some " + kind.size() + " " + kind.colour() + " " + kind.figure();
  }

  static String counted(Kind kind) {
    return kind.count() + " " + kind.colour() + " " + kind.figure();
  }

  /** How many objects of a kind's shape there are, in any colour. */
  static String figures(Kind kind, List<Kind> kinds) {
    return count(kind.figure(), kinds) + " " + kind.figure();
  }

  static int count(Figure figure, List<Kind> kinds) {
    return kinds.stream().filter(kind -> kind.figure() == figure).mapToInt(Kind::count).sum();
  }

  static String related(List<Kind> kinds, Relation relation) {
    return both(kinds.get(0)) + " " + relation + " " + both(kinds.get(1));
  }
}
