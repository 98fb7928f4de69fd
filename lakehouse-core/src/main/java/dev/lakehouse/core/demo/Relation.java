// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.util.List;

/** How the first of two objects lies to the second. */
public enum Relation {
  ABOVE(List.of("above", "on top of"), List.of("below", "under", "beneath")),
  LEFT_OF(List.of("to the left of", "left of"), List.of("to the right of", "right of"));

  private final List<String> words;
  private final List<String> inverse;

  Relation(List<String> words, List<String> inverse) {
    this.words = words;
    this.inverse = inverse;
  }

  /** How the first lies to the second, in words. */
  List<String> words() {
    return words;
  }

  /** How the second lies to the first, in words. */
  List<String> inverse() {
    return inverse;
  }
}
