// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.lake.index.Hit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query.
 *
 * @param release id of the release that answered
 * @param sequence of that release
 * @param family whose index was asked
 * @param encoder digest of the encoder of every vector in it
 * @param hits one for each asset, best first, by its best segment
 */
public record SearchResult(
    String release, long sequence, String family, String encoder, List<Hit> hits) {

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

  public SearchResult {
    hits = List.copyOf(hits);
  }

  /**
   * The answer as JSON: {@code {"release", "sequence", "family", "encoder", "hits": [{"rank" (from
   * 1), "score" (cosine), "asset_id", "segment", "modality", "title", "excerpt", "uri",
   * "media_type", "language", "licence", "source", "group_id", "width", "height", "sha256"}]}}.
   * What an asset does not have is null, never left out. Keys are only ever added.
   */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("release", release);
    json.put("sequence", sequence);
    json.put("family", family);
    json.put("encoder", encoder);
    List<Map<String, @Nullable Object>> list = new ArrayList<>();
    for (Hit hit : hits) {
      list.add(toJson(list.size() + 1, hit));
    }
    json.put("hits", list);
    return json;
  }

  private static Map<String, @Nullable Object> toJson(int rank, Hit hit) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rank", rank);
    json.put("score", hit.score());
    SHOWN.forEach(column -> json.put(column, hit.row().find(column).orElse(null)));
    return json;
  }
}
