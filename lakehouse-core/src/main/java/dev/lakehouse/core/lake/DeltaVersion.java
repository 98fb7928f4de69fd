// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One version of a Delta table: its rows, read file by file and column by column. */
public final class DeltaVersion {
  private final Engine engine;
  private final Table table;
  private final DeltaDamage damage;
  private final Snapshot snapshot;

  DeltaVersion(Engine engine, Table table, DeltaDamage damage, Snapshot snapshot) {
    this.engine = engine;
    this.table = table;
    this.damage = damage;
    this.snapshot = snapshot;
  }

  /** Names of the columns that it has, in their order. */
  public List<String> columns() {
    return List.copyOf(snapshot.getSchema(engine).fieldNames());
  }

  /** Its number. */
  public long version() {
    return snapshot.getVersion(engine);
  }

  /**
   * Where a row is, for who wants more of its columns later.
   *
   * @param file number of the file in the order of the log
   * @param row number of the row in the file
   */
  public record Place(int file, long row) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return file == other.file ? Long.compare(row, other.row) : Integer.compare(file, other.file);
    }
  }

  /** Hears of each row. */
  @FunctionalInterface
  public interface Visitor {
    /** A row, in which only the columns that were asked for are filled. */
    void row(Place place, Values row);
  }

  /**
   * Every row with some of its columns, one after the other; nothing is kept.
   *
   * @throws LakehouseException INTEGRITY if the table is damaged
   */
  public void forEach(List<String> columns, Visitor visitor) {
    read(columns, Optional.empty(), visitor);
  }

  /** Every row with some of its columns. */
  public void forEach(List<String> columns, Consumer<Values> visitor) {
    forEach(columns, (place, row) -> visitor.accept(row));
  }

  /** Every row with some of its columns, all in memory. */
  public List<Values> rows(List<String> columns) {
    List<Values> rows = new ArrayList<>();
    forEach(columns, (place, row) -> rows.add(row));
    return rows;
  }

  /** The rows at some places, in the order of the places; files without any are not opened. */
  public void forEach(SortedSet<Place> places, List<String> columns, Visitor visitor) {
    read(columns, Optional.of(new TreeSet<>(places)), visitor);
  }

  private void read(List<String> columns, Optional<TreeSet<Place>> wanted, Visitor visitor) {
    damage.telling(
        () -> {
          KernelColumns mapping = mapping(columns);
          Scan scan =
              snapshot.getScanBuilder(engine).withReadSchema(engine, mapping.schema()).build();
          Row state = scan.getScanState(engine);
          int number = 0;
          try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
            while (files.hasNext()) {
              try (CloseableIterator<Row> batch = files.next().getRows()) {
                for (; batch.hasNext(); number++) {
                  Row file = batch.next();
                  FileRows rows = new FileRows(number, mapping, wanted, visitor);
                  if (rows.areWanted()) {
                    readFile(state, file, rows);
                  }
                }
              }
            }
          }
          return number;
        });
  }

  private KernelColumns mapping(List<String> columns) {
    KernelColumns mapping = new KernelColumns(table, columns, snapshot.getSchema(engine));
    mapping
        .mismatch()
        .ifPresent(
            why -> {
              throw damage.damaged(why, Optional.empty());
            });
    return mapping;
  }

  private void readFile(Row state, Row file, FileRows rows) throws IOException {
    FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(engine, state);
    try (CloseableIterator<ColumnarBatch> stored =
            engine
                .getParquetHandler()
                .readParquetFiles(
                    Utils.singletonCloseableIterator(status), physical, Optional.empty());
        CloseableIterator<FilteredColumnarBatch> logical =
            Scan.transformPhysicalData(engine, state, file, stored)) {
      while (rows.areWanted() && logical.hasNext()) {
        rows.take(logical.next());
      }
    }
  }

  /** The rows of one file, as they come by. */
  private static final class FileRows {
    private final int file;
    private final KernelColumns mapping;
    private final Optional<TreeSet<Place>> wanted;
    private final Visitor visitor;
    private long first; // number of the first row of the next batch

    FileRows(int file, KernelColumns mapping, Optional<TreeSet<Place>> wanted, Visitor visitor) {
      this.file = file;
      this.mapping = mapping;
      this.wanted =
          wanted.map(
              places -> new TreeSet<>(places.subSet(new Place(file, 0), new Place(file + 1, 0))));
      this.visitor = visitor;
    }

    /** Whether anything of the rest of the file is asked for. */
    boolean areWanted() {
      return wanted.map(places -> places.ceiling(new Place(file, first)) != null).orElse(true);
    }

    void take(FilteredColumnarBatch batch) {
      KernelColumns.Batch rows = mapping.of(batch.getData());
      Optional<ColumnVector> selected = batch.getSelectionVector();
      int size = batch.getData().getSize();
      for (int i = 0; i < size; i++) {
        Place place = new Place(file, first + i);
        if (isSelected(selected, i) && wanted.map(places -> places.contains(place)).orElse(true)) {
          show(place, rows.row(i));
        }
      }
      first += size;
    }

    /** What the visitor makes of a row is no fault of the table. */
    private void show(Place place, Values row) {
      try {
        visitor.row(place, row);
      } catch (RuntimeException e) {
        throw new DeltaDamage.OfVisitor(e);
      }
    }

    private static boolean isSelected(Optional<ColumnVector> selected, int row) {
      return selected.isEmpty()
          || (!selected.get().isNullAt(row) && selected.get().getBoolean(row));
    }
  }
}
