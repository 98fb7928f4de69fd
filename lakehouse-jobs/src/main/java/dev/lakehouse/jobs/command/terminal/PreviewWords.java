// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import dev.lakehouse.core.connect.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A preview as people read it. */
public final class PreviewWords {
  private static final int PROBLEMS_SHOWN = 20;
  private static final int WIDTH = 100;

  private PreviewWords() {}

  public static List<String> of(Preview preview) {
    List<String> lines = new ArrayList<>();
    lines.add("source        " + preview.source());
    preview.reading().forEach((what, found) -> lines.add("%-13s %s".formatted(what, found)));
    for (Preview.Field field : preview.fields()) {
      lines.add(
          "%-13s %s -> %s"
              .formatted("field", field.name(), field.role().orElse("a fact of that name")));
    }
    lines.add(
        "%-13s %,d in the first %,d entries%s"
            .formatted(
                "items",
                preview.items(),
                preview.entries(),
                preview.whole() ? ", which are all" : ""));
    preview.first().forEach(item -> lines.addAll(item(item)));
    lines.addAll(problems(preview.problems()));
    lines.add("");
    lines.add("nothing was written");
    return lines;
  }

  private static List<String> item(Preview.Item item) {
    List<String> lines = new ArrayList<>(List.of("", "  key      " + item.key()));
    lines.add("  content  " + shortened(item.content()));
    item.captions().forEach(caption -> lines.add("  caption  " + shortened(caption)));
    if (!item.facts().isEmpty()) {
      lines.add("  facts    " + shortened(facts(item.facts())));
    }
    return lines;
  }

  private static String facts(Map<String, String> facts) {
    return facts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(fact -> fact.getKey() + "=" + fact.getValue())
        .collect(Collectors.joining(", "));
  }

  private static List<String> problems(List<Preview.Problem> problems) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(problems.isEmpty() ? "nothing is wrong" : "%,d are wrong".formatted(problems.size()));
    problems.stream()
        .limit(PROBLEMS_SHOWN)
        .forEach(
            found ->
                lines.add("  %s  %s  %s".formatted(found.key(), found.code(), found.message())));
    if (problems.size() > PROBLEMS_SHOWN) {
      lines.add("  and %,d more; --json lists all".formatted(problems.size() - PROBLEMS_SHOWN));
    }
    return lines;
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "\u2026";
  }
}
