// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.replay;

import dev.lakehouse.core.search.SearchMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a release answers the questions of its lake.
 *
 * @param release id of it
 * @param sequence of it
 * @param k how many hits of each answer were looked at
 * @param queries each question
 */
public record ReplayReport(String release, long sequence, int k, List<Replayed> queries) {

  public ReplayReport {
    queries = List.copyOf(queries);
  }

  /**
   * All questions to a family by a mode together.
   *
   * @param family of them
   * @param mode of them
   * @param onTopic questions that expect something; hits, recall and nDCG are theirs
   * @param hit share of them that found something expected among the first k
   * @param recall share of what they expect that was found there, a mean over questions
   * @param ndcg at k, a mean over questions
   * @param onTopicRefused share of them whose answer was said not to convince; empty where nothing
   *     is calibrated
   * @param offTopic questions that expect nothing
   * @param offTopicRefused share of them likewise
   */
  public record Figures(
      String family,
      SearchMode mode,
      int onTopic,
      double hit,
      double recall,
      double ndcg,
      Optional<Double> onTopicRefused,
      int offTopic,
      Optional<Double> offTopicRefused) {}

  /** The figures of each family and mode. */
  public List<Figures> figures() {
    Map<String, List<Replayed>> groups = new TreeMap<>();
    queries.forEach(
        each ->
            groups
                .computeIfAbsent(
                    each.query().family() + " " + each.query().mode().word(),
                    key -> new ArrayList<>())
                .add(each));
    return groups.values().stream().map(ReplayReport::figures).toList();
  }

  private static Figures figures(List<Replayed> group) {
    ReplayQuery any = group.get(0).query();
    List<Replayed> on = group.stream().filter(each -> !each.query().isOffTopic()).toList();
    List<Replayed> off = group.stream().filter(each -> each.query().isOffTopic()).toList();
    return new Figures(
        any.family(),
        any.mode(),
        on.size(),
        mean(on, each -> each.rank().isPresent() ? 1 : 0),
        mean(on, Replayed::recall),
        mean(on, Replayed::ndcg),
        refused(on),
        off.size(),
        refused(off));
  }

  private static double mean(List<Replayed> group, ToDoubleFunction<Replayed> what) {
    return group.stream().mapToDouble(what).average().orElse(0);
  }

  private static Optional<Double> refused(List<Replayed> group) {
    List<Boolean> known = group.stream().flatMap(each -> each.refused().stream()).toList();
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(known.stream().filter(each -> each).count() / (double) known.size());
  }

  /**
   * The least nDCG at k of any family and mode that has questions on topic; 1 if there are none.
   */
  public double least() {
    return figures().stream()
        .filter(each -> each.onTopic() > 0)
        .mapToDouble(Figures::ndcg)
        .min()
        .orElse(1);
  }

  /**
   * As JSON: {@code {"release", "sequence", "k", "figures": [{"family", "mode", "on_topic", "hit",
   * "recall", "ndcg", "on_topic_refused", "off_topic", "off_topic_refused"}], "queries": [{"id",
   * "words", "family", "mode", "expected", "rank", "found", "recall", "ndcg", "best",
   * "refused"}]}}.
   */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("release", release);
    json.put("sequence", sequence);
    json.put("k", k);
    json.put("figures", figures().stream().map(ReplayReport::toJson).toList());
    json.put("queries", queries.stream().map(ReplayReport::toJson).toList());
    return json;
  }

  private static Map<String, @Nullable Object> toJson(Figures figures) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("family", figures.family());
    json.put("mode", figures.mode().word());
    json.put("on_topic", figures.onTopic());
    json.put("hit", figures.hit());
    json.put("recall", figures.recall());
    json.put("ndcg", figures.ndcg());
    json.put("on_topic_refused", figures.onTopicRefused().orElse(null));
    json.put("off_topic", figures.offTopic());
    json.put("off_topic_refused", figures.offTopicRefused().orElse(null));
    return json;
  }

  private static Map<String, @Nullable Object> toJson(Replayed each) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(each.query().toJson());
    json.put("rank", each.rank().isPresent() ? each.rank().getAsInt() : null);
    json.put("found", each.ranks().size());
    json.put("recall", each.recall());
    json.put("ndcg", each.ndcg());
    json.put("best", each.best().orElse(null));
    json.put("refused", each.refused().orElse(null));
    return json;
  }
}
