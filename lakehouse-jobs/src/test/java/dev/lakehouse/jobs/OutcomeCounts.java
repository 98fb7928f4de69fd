// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.jobs.Meeting.Outcome;
import dev.lakehouse.jobs.Meeting.Result;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;

/** How often each outcome was seen, and what losers were told. */
final class OutcomeCounts {
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
  private final TreeSet<String> words = new TreeSet<>();

  void add(Result result) {
    counts.merge(result.outcome(), 1, Integer::sum);
    if (!result.words().isEmpty()) {
      words.add(result.words());
    }
  }

  private int of(Outcome outcome) {
    return counts.getOrDefault(outcome, 0);
  }

  /** A table in Markdown, and below it what losers were told. */
  static String table(Map<Pair, OutcomeCounts> pairs) {
    StringBuilder text = new StringBuilder("| pair | both applied | clean conflict | other |\n");
    text.append("|---|---|---|---|\n");
    pairs.forEach(
        (pair, seen) ->
            text.append(
                "| %s | %d | %d | %d |\n"
                    .formatted(
                        pair,
                        seen.of(Outcome.BOTH_APPLIED),
                        seen.of(Outcome.CLEAN_CONFLICT),
                        seen.of(Outcome.OTHER))));
    pairs.forEach(
        (pair, seen) -> seen.words.forEach(each -> text.append("\n- " + pair + ": " + each)));
    return text.append("\n").toString();
  }
}
