// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import dev.lakehouse.core.search.Calibration;
import dev.lakehouse.core.search.replay.ReplayQuery;
import dev.lakehouse.core.search.replay.ReplayReport;
import dev.lakehouse.core.search.replay.ReplayReport.Figures;
import dev.lakehouse.core.search.replay.ReplaySet;
import dev.lakehouse.core.search.replay.Replayed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions that are asked again, as people read them. */
public final class ReplayWords {
  private ReplayWords() {}

  /** The questions of a lake. */
  public static List<String> of(ReplaySet set, List<Calibration> calibrations) {
    List<String> lines = new ArrayList<>();
    set.queries().forEach(query -> lines.add(line(query, expected(query))));
    if (lines.isEmpty()) {
      lines.add("the lake keeps no questions");
    }
    calibrations.forEach(calibration -> lines.add(of(calibration)));
    return lines;
  }

  private static String line(ReplayQuery query, String end) {
    return "%s  %-6s %-6s  %s  %s"
        .formatted(query.id(), query.family(), query.mode().word(), query.words(), end);
  }

  private static String expected(ReplayQuery query) {
    return query.isOffTopic() ? "(off topic)" : "-> " + String.join(", ", query.expected());
  }

  /** How a release answers, and whether that is enough. */
  public static List<String> of(ReplayReport report, double floor) {
    List<String> lines = new ArrayList<>();
    report.queries().forEach(each -> lines.add(line(each.query(), outcome(each))));
    lines.add("");
    lines.add("release %d, the first %d hits".formatted(report.sequence(), report.k()));
    for (Figures each : report.figures()) {
      lines.add("family %s by %s".formatted(each.family(), each.mode().word()));
      lines.add(
          "  %,d on topic: hit %.3f, recall %.3f, nDCG %.3f%s"
              .formatted(
                  each.onTopic(),
                  each.hit(),
                  each.recall(),
                  each.ndcg(),
                  refused(each.onTopicRefused())));
      if (each.offTopic() > 0) {
        lines.add("  %,d off topic%s".formatted(each.offTopic(), refused(each.offTopicRefused())));
      }
    }
    if (report.least() < floor) {
      lines.add("nDCG %.3f is below the floor of %.3f".formatted(report.least(), floor));
    }
    return lines;
  }

  private static String refused(Optional<Double> share) {
    return share.map(each -> "; %.1f %% refused".formatted(100 * each)).orElse("");
  }

  private static String outcome(Replayed each) {
    String refused = each.refused().map(is -> is ? ", refused" : "").orElse("");
    String best = each.best().map(score -> "best %.4f".formatted(score)).orElse("nothing found");
    if (each.query().isOffTopic()) {
      return "(off topic) " + best + refused;
    }
    String rank = each.rank().isPresent() ? "rank " + each.rank().getAsInt() : "not found";
    return "%s, %d of %d, nDCG %.3f, %s%s"
        .formatted(
            rank, each.ranks().size(), each.query().expected().size(), each.ndcg(), best, refused);
  }

  /** From which score on answers convince, and where that comes from. */
  public static String of(Calibration each) {
    return ("family %s convinces from %.4f on: refused %.1f %% of %,d questions on topic and %.1f %% of"
            + " %,d off topic (%s), by release %d, encoder %s, at %s")
        .formatted(
            each.family(),
            each.threshold(),
            100 * each.onTopicRefused(),
            each.onTopic(),
            100 * each.offTopicRefused(),
            each.offTopic(),
            each.offTopicFrom(),
            each.sequence(),
            each.encoder().substring(0, 8),
            each.at());
  }
}
