// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import dev.lakehouse.core.lake.IndexRecall;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.Explanation;
import dev.lakehouse.core.search.Explanation.ExplainedHit;
import dev.lakehouse.core.search.Explanation.Index;
import dev.lakehouse.core.search.Explanation.MatchedWords;
import dev.lakehouse.core.search.Explanation.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Why an answer is what it is, as people read it. */
public final class ExplanationWords {
  private ExplanationWords() {}

  /** What holds for every hit. */
  public static List<String> head(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    lines.add("  release %d, %s".formatted(explanation.sequence(), explanation.release()));
    for (Index index : explanation.indexes()) {
      lines.add(
          "  index of %s: %,d rows, %s"
              .formatted(
                  index.family(),
                  index.rows(),
                  index.recall().map(IndexRecall::words).orElse("recall not measured")));
      lines.add("    encoder %s".formatted(index.encoder()));
      lines.add("    model %s, bundle %s".formatted(index.bundle(), index.bundleDigest()));
      explanation
          .where()
          .ifPresent(
              where ->
                  lines.add(
                      "    where %s: keeps %,d of %,d rows"
                          .formatted(where, index.kept(), index.rows())));
    }
    return lines;
  }

  /** What holds for one hit. */
  public static List<String> of(ExplainedHit hit) {
    List<String> lines = new ArrayList<>();
    for (Part part : hit.parts()) {
      lines.add(
          "     %s: rank %d, %s %.4f, %s, adds %.4f"
              .formatted(
                  part.list(),
                  part.rank(),
                  part.list().equals(Hit.WORDS) ? "BM25" : "score",
                  part.score(),
                  part.segment(),
                  part.adds()));
    }
    hit.words().ifPresent(words -> lines.add("     " + words(words)));
    return lines;
  }

  private static String words(MatchedWords words) {
    return "words in %s: %s%s"
        .formatted(
            words.segment(),
            words.found().isEmpty() ? "none" : String.join(", ", words.found()),
            words.missing().isEmpty()
                ? ""
                : words.missing().stream().collect(Collectors.joining(", ", "; not ", "")));
  }
}
