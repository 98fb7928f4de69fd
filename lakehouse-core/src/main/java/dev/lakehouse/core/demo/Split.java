// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.util.List;

/** Whether the sample model may have seen what a scene shows. */
public enum Split {
  /** Every combination may have been seen. */
  TRAIN,
  /** Some colour of some shape was never seen on this background. */
  UNSEEN_TRIPLE,
  /** Some colour of some shape was never seen at all. */
  UNSEEN_PAIR;

  static Split of(Colour background, List<Kind> kinds) {
    if (kinds.stream().anyMatch(Split::isUnseenPair)) {
      return UNSEEN_PAIR;
    }
    return kinds.stream().anyMatch(kind -> isUnseenTriple(kind, background))
        ? UNSEEN_TRIPLE
        : TRAIN;
  }

  private static boolean isUnseenPair(Kind kind) {
    return (kind.colour().ordinal() + 5 * kind.figure().ordinal()) % 12 == 8;
  }

  private static boolean isUnseenTriple(Kind kind, Colour background) {
    int sum = 7 * kind.colour().ordinal() + 5 * kind.figure().ordinal() + 3 * background.ordinal();
    return sum % 11 == 4;
  }
}
