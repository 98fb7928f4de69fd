// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.lance.ipc.ScanOptions;

/**
 * What the rows of a version show as hits. To read it costs as much as to search for them, so that
 * it is read by the numbers of those that were found, and the last ones are kept. Threads may share
 * one.
 */
final class ShownRows {
  /** Lance's number of a row, which no other row of the version has. */
  private static final String NUMBER = "_rowid";

  /** As many rows are named one by one. */
  private static final int MAX_NAMED = 512;

  /** A few hundred bytes to a kilobyte each. */
  private static final int MAX_KEPT = 16_384;

  private static final List<String> COLUMNS =
      IndexColumns.TABLE.names().stream()
          .filter(name -> !Set.of(IndexColumns.VECTOR, IndexColumns.WORDS).contains(name))
          .toList();

  private final BiConsumer<ScanOptions, Visitor> scan;
  private final Map<Long, Values> kept = Collections.synchronizedMap(new LastUsed());

  /** Looks at a row of what a scan gives. */
  @FunctionalInterface
  interface Visitor {
    void visit(VectorSchemaRoot batch, int row);
  }

  /**
   * Those of one version.
   *
   * @param scan reads it
   */
  ShownRows(BiConsumer<ScanOptions, Visitor> scan) {
    this.scan = scan;
  }

  /** What is to be read together with the numbers of rows: all where these are too many to name. */
  static List<String> withNumbers(int rows) {
    return rows > MAX_NAMED ? COLUMNS : List.of();
  }

  static long number(VectorSchemaRoot batch, int row) {
    return ((UInt8Vector) batch.getVector(NUMBER)).get(row);
  }

  /** What a row shows, if that was read. */
  static Optional<Values> of(VectorSchemaRoot batch, int i) {
    if (batch.getVector(IndexColumns.ASSET_ID) == null) {
      return Optional.empty();
    }
    Values row = Values.of(IndexColumns.TABLE);
    for (String column : COLUMNS) {
      row.set(column, IndexArrow.get(batch.getVector(column), i));
    }
    return Optional.of(row);
  }

  /** Adds to some rows those that are missing of all. */
  void add(Map<Long, Values> rows, Collection<Long> all) {
    List<Long> unknown = new ArrayList<>();
    for (Long number : all) {
      Values row = rows.containsKey(number) ? null : kept.get(number);
      if (row != null) {
        rows.put(number, row);
      } else if (!rows.containsKey(number)) {
        unknown.add(number);
      }
    }
    if (unknown.isEmpty()) {
      return;
    }
    String named =
        unknown.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", NUMBER + " IN (", ")"));
    scan.accept(
        new ScanOptions.Builder().columns(COLUMNS).withRowId(true).filter(named).build(),
        (batch, row) -> rows.put(number(batch, row), of(batch, row).orElseThrow()));
    unknown.forEach(number -> kept.put(number, requireNonNull(rows.get(number))));
  }

  /** Rows, of which the one is forgotten that nobody asked for longest. */
  private static final class LastUsed extends LinkedHashMap<Long, Values> {
    private static final long serialVersionUID = 1L;

    LastUsed() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Long, Values> eldest) {
      return size() > MAX_KEPT;
    }
  }
}
