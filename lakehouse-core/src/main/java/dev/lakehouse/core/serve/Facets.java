// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.Values;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many assets of a release have which value, of the columns that people narrow a search by. */
final class Facets {
  static final List<String> COLUMNS = List.of("modality", "source", "language", "licence");
  private static final int MOST = 30; // values of a column that are shown

  private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();

  Facets() {
    COLUMNS.forEach(column -> counts.put(column, new HashMap<>()));
  }

  void add(Values row) {
    counts.forEach(
        (column, values) ->
            row.text(column).ifPresent(value -> values.merge(value, 1L, Long::sum)));
  }

  /** {@code {column: [{"value", "count"}]}}, the commonest first, 30 of a column at most. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    Comparator<Map.Entry<String, Long>> order =
        Map.Entry.<String, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey());
    counts.forEach(
        (column, values) ->
            json.put(
                column,
                values.entrySet().stream()
                    .sorted(order)
                    .limit(MOST)
                    .map(each -> Map.of("value", each.getKey(), "count", each.getValue()))
                    .toList()));
    return json;
  }
}
