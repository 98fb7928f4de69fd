// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lines at the edges of pages that say the same on most of them, but for their numbers: they belong
 * to no sentence and would cut the one that goes on over the page.
 */
final class RunningHeads {
  /** With fewer pages nothing can be said. */
  private static final int MIN_PAGES = 3;

  private static final int MAX_LENGTH = 120;

  private RunningHeads() {}

  /** The pages without them. */
  static List<String> removed(List<String> pages) {
    if (pages.size() < MIN_PAGES) {
      return pages;
    }
    List<List<String>> lines = pages.stream().map(page -> page.strip().lines().toList()).toList();
    Set<String> heads = repeated(lines, true);
    Set<String> feet = repeated(lines, false);
    List<String> removed = new ArrayList<>();
    for (List<String> page : lines) {
      int from = !page.isEmpty() && heads.contains(key(page, true)) ? 1 : 0;
      int to = page.size() > from && feet.contains(key(page, false)) ? 1 : 0;
      removed.add(String.join("\n", page.subList(from, page.size() - to)));
    }
    return removed;
  }

  private static Set<String> repeated(List<List<String>> pages, boolean first) {
    Map<String, Integer> seen = new HashMap<>();
    int filled = 0;
    for (List<String> page : pages) {
      if (!page.isEmpty()) {
        filled++;
        seen.merge(key(page, first), 1, Integer::sum);
      }
    }
    int enough = Math.max(MIN_PAGES, (filled + 1) / 2);
    Set<String> inside =
        pages.stream()
            .filter(page -> page.size() > 2)
            .flatMap(page -> page.subList(1, page.size() - 1).stream())
            .map(RunningHeads::key)
            .collect(Collectors.toSet());
    return seen.entrySet().stream()
        .filter(entry -> entry.getValue() >= enough && entry.getKey().length() <= MAX_LENGTH)
        .map(Map.Entry::getKey)
        .filter(line -> !inside.contains(line)) // which is the text itself, repeating itself
        .collect(Collectors.toSet());
  }

  private static String key(List<String> page, boolean first) {
    return key(page.get(first ? 0 : page.size() - 1));
  }

  private static String key(String line) {
    return line.strip().replaceAll("\\p{Nd}+", "#");
  }
}
