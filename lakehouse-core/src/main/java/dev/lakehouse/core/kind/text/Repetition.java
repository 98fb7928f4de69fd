// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much of a text says again what it said before, after the quality rules of MassiveText (Rae et
 * al., 2021, table A1): characters in lines, and in runs of five words, that occurred before.
 */
final class Repetition {
  private static final int RUN = 5;

  private Repetition() {}

  /**
   * The larger of the two shares, 0 to 1.
   *
   * @param words of the text, in order and in lower case
   */
  static double of(String text, List<String> words) {
    return Math.max(repeatedLines(text), repeatedRuns(words));
  }

  /** Characters of lines that stood there before, by all characters of lines. */
  static double repeatedLines(String text) {
    Set<String> seen = new HashSet<>();
    long all = 0;
    long repeated = 0;
    for (String line : (Iterable<String>) text.lines().map(String::strip)::iterator) {
      all += line.length();
      repeated += seen.add(line) ? 0 : line.length();
    }
    return all == 0 ? 0 : (double) repeated / all;
  }

  /** Characters of words that lie in a run of five that occurred before, by all of words. */
  static double repeatedRuns(List<String> words) {
    int[] ids = ids(words);
    boolean[] repeated = new boolean[words.size()];
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i + RUN <= ids.length; i++) {
      long run = 0;
      for (int j = i; j < i + RUN; j++) {
        run = (run + ids[j] + 1) * 0x9E3779B97F4A7C15L;
        run ^= run >>> 32;
      }
      if (!seen.add(run)) {
        Arrays.fill(repeated, i, i + RUN, true);
      }
    }
    long all = 0;
    long again = 0;
    for (int i = 0; i < repeated.length; i++) {
      all += words.get(i).length();
      again += repeated[i] ? words.get(i).length() : 0;
    }
    return all == 0 ? 0 : (double) again / all;
  }

  private static int[] ids(List<String> words) {
    Map<String, Integer> known = new HashMap<>();
    return words.stream()
        .mapToInt(word -> known.computeIfAbsent(word, w -> known.size()))
        .toArray();
  }
}
