// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.util.List;

/** The two sizes, each a range of nominal radii on the canvas. */
public enum Size {
  SMALL(19, 25, "small", "little", "tiny"),
  LARGE(35, 43, "large", "big", "huge");

  private final double minRadius;
  private final double maxRadius;
  private final List<String> words;

  Size(double minRadius, double maxRadius, String... words) {
    this.minRadius = minRadius;
    this.maxRadius = maxRadius;
    this.words = List.of(words);
  }

  double radius(Dice dice) {
    return dice.between(minRadius, maxRadius);
  }

  /** What the size is called; the usual word stands first. */
  List<String> words() {
    return words;
  }
}
