// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * So many of the contents that there are, chosen by their digests: whoever asks in whatever order
 * gets the same ones.
 *
 * @param <T> what is kept of each
 */
final class DigestSample<T> {
  private static final int DIGITS = 8;

  private final int most;
  private final BinaryOperator<T> merge;
  private final Map<String, T> chosen = new HashMap<>();
  private double share = 1;
  private long thinned;

  /**
   * @param most contents to keep
   * @param merge makes one of two that are said of the same content, whichever came first
   */
  DigestSample(int most, BinaryOperator<T> merge) {
    this.most = most;
    this.merge = merge;
  }

  /** Keeps a content, unless it is not among the chosen. */
  void offer(String sha256, T kept) {
    if (place(sha256) >= share) {
      thinned++;
      return;
    }
    chosen.merge(sha256, kept, merge);
    while (chosen.size() > most) {
      share /= 2;
      int before = chosen.size();
      chosen.keySet().removeIf(each -> place(each) >= share);
      thinned += before - chosen.size();
    }
  }

  Optional<T> find(String sha256) {
    return Optional.ofNullable(chosen.get(sha256));
  }

  int size() {
    return chosen.size();
  }

  /** Whether some were left out. */
  boolean isPart() {
    return thinned > 0;
  }

  /** Digests are as good as dice. */
  private static double place(String sha256) {
    return Long.parseLong(sha256.substring(0, DIGITS), 16) / (double) (1L << (4 * DIGITS));
  }
}
