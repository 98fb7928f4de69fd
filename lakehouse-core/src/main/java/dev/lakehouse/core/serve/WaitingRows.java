// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows that tell of what waits, of one version of a table; what was asked for last is kept. */
final class WaitingRows {
  private static final long KEPT_BYTES = 16 << 20;

  private final Table table;
  private final Optional<RowPlaces> places;
  private final BoundedCache<String, List<Values>> kept;

  /**
   * @param table that is shown
   * @param places of its rows; empty where there is nothing to be shown
   */
  WaitingRows(Table table, Optional<RowPlaces> places) {
    this.table = table;
    this.places = places;
    this.kept =
        new BoundedCache<>(
            KEPT_BYTES, rows -> rows.stream().mapToLong(row -> Weight.of(row, table)).sum());
  }

  /** The rows of some values of the key by these, which are read in one go. */
  Map<String, List<Values>> of(Collection<String> values) {
    Map<String, List<Values>> found = new HashMap<>();
    Set<String> lacking = new HashSet<>();
    for (String value : values) {
      kept.find(value).ifPresentOrElse(rows -> found.put(value, rows), () -> lacking.add(value));
    }
    places
        .filter(each -> !lacking.isEmpty())
        .map(each -> each.rows(lacking, table))
        .orElse(Map.of())
        .forEach(
            (value, rows) -> {
              kept.put(value, rows);
              found.put(value, rows);
            });
    return found;
  }
}
