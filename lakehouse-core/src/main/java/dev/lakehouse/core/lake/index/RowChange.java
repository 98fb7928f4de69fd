// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.MetadataColumns;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;
import org.lance.operation.Operation;
import org.lance.operation.Update;

/** Rows that leave and rows that come, as one operation of one transaction. */
final class RowChange {

  private RowChange() {}

  /** The operation that removes all rows of some assets and adds fragments. */
  static Operation update(Dataset dataset, Set<String> removed, List<FragmentMetadata> added) {
    List<FragmentMetadata> updated = new ArrayList<>();
    List<Long> emptied = new ArrayList<>();
    for (Fragment fragment : dataset.getFragments()) {
      List<Integer> rows = removed.isEmpty() ? List.of() : rowsOf(fragment, removed);
      if (!rows.isEmpty()) {
        Optional.ofNullable(fragment.deleteRows(rows))
            .ifPresentOrElse(updated::add, () -> emptied.add((long) fragment.getId()));
      }
    }
    return Update.builder()
        .removedFragmentIds(emptied)
        .updatedFragments(updated)
        .newFragments(added)
        .updateMode(Optional.of(Update.UpdateMode.RewriteRows))
        .build();
  }

  /** Places, within a fragment, of the rows of some assets. */
  private static List<Integer> rowsOf(Fragment fragment, Set<String> assets) {
    ScanOptions options =
        new ScanOptions.Builder()
            .columns(List.of(IndexColumns.ASSET_ID))
            .withRowAddress(true)
            .build();
    List<Integer> rows = new ArrayList<>();
    try (LanceScanner scanner = fragment.newScan(options);
        ArrowReader batches = scanner.scanBatches()) {
      while (batches.loadNextBatch()) {
        collect(batches.getVectorSchemaRoot(), assets, rows);
      }
      return rows;
    } catch (Exception e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot read an index fragment: %s", e.getMessage());
    }
  }

  private static void collect(VectorSchemaRoot batch, Set<String> assets, List<Integer> rows) {
    FieldVector ids = batch.getVector(IndexColumns.ASSET_ID);
    FieldVector addresses = batch.getVector(MetadataColumns.ROWADDR);
    for (int i = 0; i < batch.getRowCount(); i++) {
      Object id = IndexArrow.get(ids, i);
      if (id != null && assets.contains((String) id)) {
        long address = ((Number) addresses.getObject(i)).longValue();
        rows.add((int) address); // the lower half is the place within the fragment
      }
    }
  }
}
