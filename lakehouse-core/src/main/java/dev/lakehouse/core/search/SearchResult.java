// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.Hit.Standing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query.
 *
 * @param release id of the release that answered
 * @param sequence of that release
 * @param family whose index was asked; the names of several, with {@code +} between them, if their
 *     answers are one
 * @param encoder digest of the encoder of every vector in it; several likewise
 * @param mode what made an asset an answer
 * @param hits one for each asset or group, best first, by its best segment
 * @param offset how many better ones were passed over
 * @param bar what it had to reach to convince; empty where no calibration is in force
 * @param note what somebody should know who wonders about the hits
 */
public record SearchResult(
    String release,
    long sequence,
    String family,
    String encoder,
    SearchMode mode,
    List<Hit> hits,
    int offset,
    Optional<Bar> bar,
    Optional<String> note) {

  private static final List<String> SHOWN =
      List.of(
          "asset_id",
          "segment",
          "modality",
          "title",
          "excerpt",
          "uri",
          "media_type",
          "language",
          "licence",
          "source",
          "group_id",
          "width",
          "height",
          "sha256");

  private static final List<String> LISTS = List.of(Hit.VECTOR, Hit.WORDS);

  public SearchResult {
    hits = List.copyOf(hits);
  }

  /** The whole answer of one family by vector. */
  public SearchResult(
      String release, long sequence, String family, String encoder, List<Hit> hits) {
    this(
        release,
        sequence,
        family,
        encoder,
        SearchMode.VECTOR,
        hits,
        0,
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it was found not to convince; empty where no calibration is in force. */
  public Optional<Boolean> isRefused() {
    return bar.map(each -> !each.isReached());
  }

  /**
   * The answer as JSON: {@code {"release", "sequence", "family", "encoder", "mode", "offset",
   * "convincing" (null where no calibration is in force), "threshold", "note", "hits": [{"rank"
   * (from 1), "score" (as the mode has it), "asset_id", "segment", "modality", "title", "excerpt",
   * "uri", "media_type", "language", "licence", "source", "group_id", "width", "height", "sha256",
   * "near_duplicates" (ids of the assets that it stands for), "vector", "words", "families"}]}}.
   * The last three say where the hit stood in the lists that the answer was made of, {@code
   * {"rank", "score", "segment"}} each, {@code families} by family. What an asset does not have is
   * null, never left out. Keys are only ever added.
   */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("release", release);
    json.put("sequence", sequence);
    json.put("family", family);
    json.put("encoder", encoder);
    json.put("mode", mode.word());
    json.put("offset", offset);
    json.put("convincing", bar.map(Bar::isReached).orElse(null));
    json.put("threshold", bar.map(Bar::threshold).orElse(null));
    json.put("note", note.orElse(null));
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Hit hit : hits) {
      list.add(toJson(offset + list.size() + 1, hit));
    }
    json.put("hits", list);
    return json;
  }

  private static Map<String, @Nullable Object> toJson(int rank, Hit hit) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rank", rank);
    json.put("score", hit.score());
    SHOWN.forEach(column -> json.put(column, hit.row().find(column).orElse(null)));
    json.put("near_duplicates", hit.nearDuplicates());
    LISTS.forEach(
        list -> json.put(list, hit.standing(list).map(SearchResult::toJson).orElse(null)));
    Map<String, Object> families = new LinkedHashMap<>();
    hit.standings().stream()
        .filter(standing -> !LISTS.contains(standing.list()))
        .forEach(standing -> families.put(standing.list(), toJson(standing)));
    json.put("families", families.isEmpty() ? null : families);
    return json;
  }

  private static Map<String, Object> toJson(Standing standing) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rank", standing.rank());
    json.put("score", standing.score());
    json.put("segment", standing.segment());
    return json;
  }
}
