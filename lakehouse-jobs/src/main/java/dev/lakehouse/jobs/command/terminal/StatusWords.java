// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import dev.lakehouse.core.curate.Reasons;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.watch.state.ItemState;
import dev.lakehouse.core.watch.state.LakeStatus;
import dev.lakehouse.core.watch.state.LakeStatus.Next;
import dev.lakehouse.core.watch.state.LakeStatus.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a lake stands, as people read it. */
public final class StatusWords {
  private static final int REASONS_SHOWN = 12;
  private static final String LINE = "%-12s %s";

  private StatusWords() {}

  /** All of it. */
  public static List<String> of(LakeStatus status, List<String> advice) {
    List<String> lines = new ArrayList<>(funnel(status));
    lines.add("");
    lines.add(LINE.formatted("release", current(status)));
    Release.current(status.releases()).map(Words::indexes).orElse(List.of()).stream()
        .forEach(index -> lines.add(LINE.formatted("", index)));
    status.policy().ifPresent(policy -> lines.add(LINE.formatted("policy", policy)));
    lines.add(LINE.formatted("models", models(status)));
    status.familiesOff().forEach(off -> lines.add(LINE.formatted("left out", off)));
    lines.add("");
    lines.add("releases");
    status.releases().forEach(release -> lines.add(Words.of(release)));
    lines.add("");
    advice.forEach(command -> lines.add(LINE.formatted("next", command)));
    return lines;
  }

  /**
   * From what was seen to what is published, with why the rest is not, and what the next publish
   * would change.
   */
  public static List<String> funnel(LakeStatus status) {
    List<String> lines = new ArrayList<>();
    lines.add("%-12s %,8d".formatted("seen", status.seen()));
    for (String state : LakeStatus.STATES) {
      lines.add("%-12s %,8d".formatted(state, status.states().getOrDefault(state, 0L)));
      lines.addAll(
          reasons(
              status.reasons().stream().filter(reason -> reason.state().equals(state)).toList()));
    }
    lines.add(LINE.formatted("publish", next(status)));
    lines.addAll(reasons(status.next().isNothing() ? List.of() : status.next().reasons()));
    return lines;
  }

  private static List<String> reasons(List<Reason> reasons) {
    List<String> lines = new ArrayList<>();
    reasons.stream()
        .limit(REASONS_SHOWN)
        .forEach(
            reason ->
                lines.add(
                    "             %,8d  %s".formatted(reason.count(), explained(reason.reason()))));
    if (reasons.size() > REASONS_SHOWN) {
      lines.add(
          "                    …  %,d reasons more".formatted(reasons.size() - REASONS_SHOWN));
    }
    return lines;
  }

  private static String explained(String code) {
    return Reasons.words(code).map(words -> "%-20s %s".formatted(code, words)).orElse(code);
  }

  private static String next(LakeStatus status) {
    Next next = status.next();
    if (next.withdrawn().isPresent()) {
      return "would change nothing: it would be release %d again, which was withdrawn"
          .formatted(next.withdrawn().get());
    }
    if (next.isNothing()) {
      return "would change nothing";
    }
    List<String> parts = new ArrayList<>();
    add(parts, "add", next.added());
    add(parts, "change", next.changed());
    add(parts, "remove", next.removed());
    String would = "would " + String.join(", ", parts);
    return next.fit() == 0 ? would + "; a release of nothing is refused" : would;
  }

  private static void add(List<String> parts, String word, long count) {
    if (count > 0) {
      parts.add("%s %,d".formatted(word, count));
    }
  }

  private static String current(LakeStatus status) {
    Optional<Release> current = Release.current(status.releases());
    if (current.isEmpty()) {
      return status.releases().isEmpty()
          ? "nothing is released yet"
          : "nothing is released: %s withdrawn"
              .formatted(
                  status.releases().size() == 1
                      ? "the only release was"
                      : "all %,d releases were".formatted(status.releases().size()));
    }
    return "%,d is current, with %,d published; %s"
        .formatted(
            current.get().sequence(),
            status.count(ItemState.PUBLISHED),
            status.unjudged() || !status.next().isNothing() ? "behind" : "up to date");
  }

  private static String models(LakeStatus status) {
    return status.models().isEmpty()
        ? "none: no family can be searched"
        : status.models().entrySet().stream()
            .map(family -> family.getKey() + " " + family.getValue())
            .collect(Collectors.joining(", "));
  }
}
