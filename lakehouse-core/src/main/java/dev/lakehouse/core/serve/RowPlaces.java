// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.DeltaVersion;
import dev.lakehouse.core.lake.DeltaVersion.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Where the rows of a table are, by one of its columns: some 40 bytes of memory a row, so that a
 * row is read without the rest of its table.
 */
final class RowPlaces {
  private final DeltaVersion version;
  private final String key;
  private final long[] hashes; // in order
  private final Place[] places;

  private record Known(long hash, Place place) {}

  private RowPlaces(DeltaVersion version, String key, List<Known> known) {
    this.version = version;
    this.key = key;
    this.hashes = known.stream().mapToLong(Known::hash).toArray();
    this.places = known.stream().map(Known::place).toArray(Place[]::new);
  }

  /** Goes through a version of a table once, by a column of texts. */
  static RowPlaces of(DeltaVersion version, String key) {
    return of(version, key, List.of(), row -> {});
  }

  /** The same, of the rows whose text is one of some. */
  static RowPlaces of(DeltaVersion version, String key, Set<String> wanted) {
    List<Known> known = new ArrayList<>();
    version.forEach(
        List.of(key),
        (place, row) -> {
          String value = row.require(key, String.class);
          if (wanted.contains(value)) {
            known.add(new Known(hash(value), place));
          }
        });
    return inOrder(version, key, known);
  }

  /**
   * Goes through a version of a table once.
   *
   * @param key column of texts
   * @param more columns that the visitor wants to see on the way
   */
  static RowPlaces of(
      DeltaVersion version, String key, List<String> more, Consumer<Values> visitor) {
    List<String> columns = new ArrayList<>(List.of(key));
    columns.addAll(more);
    List<Known> known = new ArrayList<>();
    version.forEach(
        columns,
        (place, row) -> {
          known.add(new Known(hash(row.require(key, String.class)), place));
          visitor.accept(row);
        });
    return inOrder(version, key, known);
  }

  private static RowPlaces inOrder(DeltaVersion version, String key, List<Known> known) {
    known.sort(Comparator.comparingLong(Known::hash));
    return new RowPlaces(version, key, known);
  }

  private static long hash(String value) {
    return Long.parseUnsignedLong(Digests.sha256(value).substring(0, 16), 16);
  }

  int count() {
    return places.length;
  }

  /** The rows of a value, with all columns of a table that the version has. */
  List<Values> rows(String value, Table shown) {
    return rows(Set.of(value), shown).getOrDefault(value, List.of());
  }

  /** The rows of some values by these, read in one go; values without rows are not there. */
  Map<String, List<Values>> rows(Set<String> values, Table shown) {
    TreeSet<Place> wanted = new TreeSet<>();
    values.forEach(value -> wanted.addAll(places(hash(value))));
    Map<String, List<Values>> found = new HashMap<>();
    if (!wanted.isEmpty()) {
      version.forEach(
          wanted,
          shown.names(),
          (place, row) ->
              found
                  .computeIfAbsent(row.require(key, String.class), value -> new ArrayList<>())
                  .add(row));
      found.keySet().retainAll(values); // another may have the same hash
    }
    return found;
  }

  private List<Place> places(long hash) {
    int at = Arrays.binarySearch(hashes, hash);
    if (at < 0) {
      return List.of();
    }
    int from = at;
    while (from > 0 && hashes[from - 1] == hash) {
      from--;
    }
    int to = at;
    while (to < hashes.length && hashes[to] == hash) {
      to++;
    }
    return Arrays.asList(places).subList(from, to);
  }
}
