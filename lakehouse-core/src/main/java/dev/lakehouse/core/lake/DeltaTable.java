// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;

/** The rows of a small Delta table, read without Spark. */
final class DeltaTable {
  private final Engine engine;
  private final Table table;
  private final String uri;

  DeltaTable(LakeLayout layout, Table table, Configuration hadoop) {
    this.engine = DefaultEngine.create(hadoop);
    this.table = table;
    this.uri = layout.table(table);
  }

  /** All rows of the latest version, or nothing where there is no table yet. */
  Optional<List<Values>> rows() {
    return read(() -> stored().getLatestSnapshot(engine));
  }

  /** All rows of a version, or nothing where there is no table. */
  Optional<List<Values>> rowsAt(long version) {
    return read(() -> stored().getSnapshotAsOfVersion(engine, version));
  }

  private io.delta.kernel.Table stored() {
    return io.delta.kernel.Table.forPath(engine, uri);
  }

  private Optional<List<Values>> read(Supplier<Snapshot> snapshot) {
    try {
      return Optional.of(read(snapshot.get()));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    } catch (IOException | KernelEngineException e) {
      throw isDamage(e) ? damaged(e) : unreachable(e);
    } catch (KernelException | IllegalStateException e) { // the latter for a log without its start
      throw damaged(e);
    }
  }

  /** Whether the storage answered, and with the wrong bytes. */
  private static boolean isDamage(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ChecksumException
          || cause instanceof JsonProcessingException
          || cause instanceof FileNotFoundException) {
        return true;
      }
    }
    return false;
  }

  private LakehouseException damaged(Exception e) {
    return LakehouseException.because(
        e,
        ErrorCode.INTEGRITY,
        "Cannot read table %s: its Delta log is damaged or of an unknown kind (%s). Run 'lakehouse"
            + " audit'",
        uri,
        e.getMessage());
  }

  private LakehouseException unreachable(Exception e) {
    return LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot read table %s: %s", uri, e.getMessage());
  }

  private List<Values> read(Snapshot snapshot) throws IOException {
    Scan scan = snapshot.getScanBuilder(engine).build();
    Row state = scan.getScanState(engine);
    List<Values> rows = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
      while (files.hasNext()) {
        try (CloseableIterator<Row> batch = files.next().getRows()) {
          while (batch.hasNext()) {
            readFile(state, batch.next(), rows);
          }
        }
      }
    }
    return rows;
  }

  private void readFile(Row state, Row file, List<Values> rows) throws IOException {
    FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(engine, state);
    try (CloseableIterator<ColumnarBatch> stored =
            engine
                .getParquetHandler()
                .readParquetFiles(
                    Utils.singletonCloseableIterator(status), physical, Optional.empty());
        CloseableIterator<FilteredColumnarBatch> logical =
            Scan.transformPhysicalData(engine, state, file, stored)) {
      while (logical.hasNext()) {
        addRows(logical.next(), rows);
      }
    }
  }

  private void addRows(FilteredColumnarBatch batch, List<Values> rows) {
    KernelColumns columns = new KernelColumns(batch.getData());
    Optional<ColumnVector> selected = batch.getSelectionVector();
    for (int i = 0; i < batch.getData().getSize(); i++) {
      int row = i;
      if (selected.map(s -> !s.isNullAt(row) && s.getBoolean(row)).orElse(true)) {
        rows.add(columns.row(table, row));
      }
    }
  }
}
