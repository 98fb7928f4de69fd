// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.replay;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.Calibration;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.Sought;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds from which score on an answer of a family convinces.
 *
 * <p>Each question of the replay set to the family is asked by vector, whatever its mode. The best
 * scores of those that expect something are told from the best scores of those that expect nothing;
 * where there are fewer than {@link #MIN_OFF_TOPIC} of these, {@link OffTopic}'s take their place.
 *
 * @param searcher of the release that is to answer
 * @param maxRefused share of the questions on topic that may be refused
 */
public record Calibrating(Searcher searcher, double maxRefused) {
  /** With fewer questions on topic, one in twenty is nobody. */
  public static final int MIN_ON_TOPIC = 20;

  /** With fewer off topic, the house's own are better. */
  public static final int MIN_OFF_TOPIC = 20;

  /** A threshold that refuses less of what is off topic tells nothing apart. */
  private static final double MIN_TOLD_APART = 0.5;

  /** What a share of refused questions on topic is where nobody says otherwise. */
  public static final double MAX_REFUSED = 0.05;

  public Calibrating {
    if (!(maxRefused >= 0 && maxRefused < 1)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Invalid --max-refused: %s (must be from 0 to less than 1)",
          maxRefused);
    }
  }

  /**
   * Asks, and compares.
   *
   * @throws LakehouseException CONFIG_INVALID if there are too few questions on topic, or if the
   *     family answers those off topic as well as those on it
   */
  public Calibration of(String family, ReplaySet set, Instant now) {
    List<String> on = words(set, family, query -> !query.isOffTopic());
    List<String> given = words(set, family, ReplayQuery::isOffTopic);
    requireEnough(family, on.size());
    boolean hasOwn = given.size() >= MIN_OFF_TOPIC;
    List<String> off = hasOwn ? given : OffTopic.TEXTS;
    List<SearchResult> answers = new ArrayList<>();
    List<Double> onScores = scores(family, on, answers);
    List<Double> offScores = scores(family, off, answers);
    Threshold threshold = Threshold.between(onScores, offScores, maxRefused);
    requireTellsApart(family, on.size(), off.size(), threshold);
    SearchResult any = answers.get(0); // one searcher answers from one release
    return new Calibration(
        family,
        any.encoder(),
        threshold.value(),
        on.size(),
        threshold.onRefused(),
        off.size(),
        threshold.offRefused(),
        hasOwn ? "replay set" : "built in",
        Digests.ofParts(Stream.concat(on.stream(), off.stream()).toList()),
        any.release(),
        any.sequence(),
        now.toString());
  }

  private static void requireEnough(String family, int onTopic) {
    if (onTopic < MIN_ON_TOPIC) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot calibrate family %s: expected at least %d questions for replay that it can answer but"
              + " found %d. Add more with 'lakehouse replay add'",
          family,
          MIN_ON_TOPIC,
          onTopic);
    }
  }

  private static void requireTellsApart(String family, int on, int off, Threshold threshold) {
    if (threshold.offRefused() < MIN_TOLD_APART) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot calibrate family %s: no score tells its %d questions on topic from %d off topic; the"
              + " best refuses %.0f %% of the former and only %.0f %% of the latter. Nothing was"
              + " changed. Add questions off topic that the lake has nothing about with 'lakehouse"
              + " replay add --off-topic'",
          family,
          on,
          off,
          100 * threshold.onRefused(),
          100 * threshold.offRefused());
    }
  }

  private static List<String> words(ReplaySet set, String family, Predicate<ReplayQuery> which) {
    return set.queries().stream()
        .filter(query -> query.family().equals(family))
        .filter(which)
        .map(ReplayQuery::words)
        .distinct()
        .toList();
  }

  private List<Double> scores(String family, List<String> questions, List<SearchResult> answers) {
    List<Double> scores = new ArrayList<>();
    for (String words : questions) {
      SearchRequest request = SearchRequest.of(Sought.words(words)).ofFamily(family).page(0, 1);
      SearchResult answer = searcher.ask(request).get(0);
      answers.add(answer);
      answer.hits().stream().mapToDouble(Hit::score).forEach(scores::add);
    }
    return scores;
  }
}
