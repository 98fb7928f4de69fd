// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Threshold;
import dev.lakehouse.core.watch.report.Bins;
import dev.lakehouse.core.watch.report.FigureChart;
import dev.lakehouse.core.watch.report.RuleCount;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A threshold of a rule, and the contents on both sides of it. */
final class Limit {
  private static final int EACH = 3;

  private final Rule rule;
  private final Threshold threshold;
  private final Nearest worst = new Nearest(EACH);
  private final Nearest beyond = new Nearest(EACH);
  private final Nearest within = new Nearest(EACH);
  private long count;

  Limit(Rule rule, Threshold threshold) {
    this.rule = rule;
    this.threshold = threshold;
  }

  void offer(double value, String assetId) {
    double distance = Math.abs(value - threshold.bound());
    if (threshold.holds(value)) {
      keep(within, distance, value, assetId);
    } else {
      count++;
      keep(beyond, distance, value, assetId);
      keep(worst, -distance, value, assetId);
    }
  }

  private void keep(Nearest nearest, double rank, double value, String assetId) {
    if (nearest.wants(rank)) {
      nearest.offer(rank, assetId, "%s %s".formatted(threshold.figure(), Bins.number(value)));
    }
  }

  FigureChart.Line line() {
    return new FigureChart.Line(
        threshold.bound(),
        "%s, else %s %s"
            .formatted(
                threshold.words(), rule.severity().name().toLowerCase(Locale.ROOT), rule.reason()),
        rule.severity().name().toLowerCase(Locale.ROOT),
        count);
  }

  /** Those that just miss it; the furthest of few are among them. */
  private List<Nearest.Pick> missing() {
    return beyond.inOrder();
  }

  private List<Nearest.Pick> furthest() {
    Set<String> near = missing().stream().map(Nearest.Pick::assetId).collect(Collectors.toSet());
    return worst.inOrder().stream().filter(pick -> !near.contains(pick.assetId())).toList();
  }

  /** What keeps a limit is worth a look only where something misses it. */
  private List<Nearest.Pick> keeping() {
    return count == 0 ? List.of() : within.inOrder();
  }

  /** Whether the same items miss it as miss another, so that one of both is enough to look at. */
  boolean isLike(Limit other) {
    return ids(missing()).equals(ids(other.missing()))
        && ids(furthest()).equals(ids(other.furthest()));
  }

  private static List<String> ids(List<Nearest.Pick> picks) {
    return picks.stream().map(Nearest.Pick::assetId).toList();
  }

  boolean isMissed() {
    return count > 0;
  }

  List<Nearest.Pick> picks() {
    return Stream.of(furthest(), missing(), keeping()).flatMap(List::stream).toList();
  }

  RuleCount.Limit shown(Showcase showcase) {
    return new RuleCount.Limit(
        threshold.words(),
        showcase.shown(furthest()),
        showcase.shown(missing()),
        showcase.shown(keeping()));
  }
}
