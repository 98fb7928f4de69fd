// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.ReadablePlace;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.release.ReleaseDifference;
import dev.lakehouse.core.lake.release.ReleaseDifference.Example;
import dev.lakehouse.core.lake.release.ReleaseDifference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Two releases side by side, as people read it. */
public final class DifferenceWords {
  private static final String LINE = "%-12s %s";

  private DifferenceWords() {}

  public static List<String> of(ReleaseDifference found) {
    List<String> lines = new ArrayList<>();
    lines.add(found.from().map(each -> line("from", each)).orElse("from         nothing"));
    lines.add(line("to", found.to()));
    lines.add("");
    lines.add("%-12s %,8d".formatted("added", found.added()));
    lines.addAll(examples(found, Kind.ADDED));
    lines.add("%-12s %,8d".formatted("removed", found.removed()));
    for (ReleaseDifference.Reason reason : found.reasons()) {
      lines.add("%-12s %,8d  %s".formatted("", reason.count(), reason.reason()));
    }
    lines.addAll(examples(found, Kind.REMOVED));
    lines.add("%-12s %,8d".formatted("changed", found.changed()));
    found
        .columns()
        .forEach((column, count) -> lines.add("%-12s %,8d  %s".formatted("", count, column)));
    if (found.counted() < found.changed()) {
      lines.add(LINE.formatted("", "columns of the first %,d".formatted(found.counted())));
    }
    lines.addAll(examples(found, Kind.CHANGED));
    lines.add("%-12s %,8d".formatted("same", found.same()));
    lines.add("");
    lines.addAll(made(found));
    return lines;
  }

  private static String line(String word, Release release) {
    return LINE.formatted(word, Words.of(release).strip());
  }

  private static List<String> examples(ReleaseDifference found, Kind kind) {
    return found.examples().stream()
        .filter(example -> example.kind() == kind)
        .map(example -> LINE.formatted("", "         " + words(example)))
        .toList();
  }

  private static String words(Example example) {
    List<String> why = example.kind() == Kind.CHANGED ? example.columns() : example.reasons();
    return ReadablePlace.of(example.sourceUri())
        + (why.isEmpty() ? "" : "  (%s)".formatted(String.join(", ", why)));
  }

  /** What made them otherwise: the policy, and the encoders of families. */
  private static List<String> made(ReleaseDifference found) {
    if (found.from().isEmpty()) {
      return List.of();
    }
    Release before = found.from().get();
    Release after = found.to();
    List<String> lines = new ArrayList<>();
    lines.add(
        LINE.formatted(
            "policy",
            before.policyDigest().equals(after.policyDigest())
                ? "the same"
                : "%s, was %s"
                    .formatted(shortened(after.policyDigest()), shortened(before.policyDigest()))));
    TreeSet<String> names = new TreeSet<>();
    before.families().forEach(family -> names.add(family.name()));
    after.families().forEach(family -> names.add(family.name()));
    for (String name : names) {
      lines.add(
          LINE.formatted("family", name + ": " + family(before.family(name), after.family(name))));
    }
    return lines;
  }

  private static String family(Optional<Family> before, Optional<Family> after) {
    if (before.isEmpty()) {
      return "new, " + after.map(DifferenceWords::model).orElse("");
    }
    if (after.isEmpty()) {
      return "not any more, was " + model(before.get());
    }
    return before.get().encoder().equals(after.get().encoder())
        ? "the same encoder, " + model(after.get())
        : "%s, was %s".formatted(model(after.get()), model(before.get()));
  }

  private static String shortened(String digest) {
    return digest.substring(0, 12);
  }

  private static String model(Family family) {
    return "%s (%s), %s"
        .formatted(family.bundle(), shortened(family.encoder()), Counted.of(family.rows(), "row"));
  }
}
