// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A query as a model sees it; not copied, not to be changed.
 *
 * @param release id of the release whose index it can be compared with
 * @param sequence of that release
 * @param family of the index
 * @param encoder digest of the encoder of every vector of the index
 * @param vector norm 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record QueryVector(
    String release, long sequence, String family, String encoder, float[] vector) {

  /** As JSON: {@code {"release", "sequence", "family", "encoder", "dim", "vector": [number]}}. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("release", release);
    json.put("sequence", sequence);
    json.put("family", family);
    json.put("encoder", encoder);
    json.put("dim", vector.length);
    json.put("vector", vector);
    return json;
  }
}
