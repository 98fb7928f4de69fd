// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Fragment;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/** One version of an index, open for reading; safe to share between threads. */
public final class IndexReader implements AutoCloseable {
  static final String DISTANCE = "_distance";

  /**
   * Asked for beyond k, so that equal distances at the end of the list are cut by id, not by luck.
   */
  private static final int TIES = 32;

  private static final Comparator<Hit> ORDER =
      Comparator.comparingDouble(Hit::score)
          .reversed()
          .thenComparing(Hit::assetId)
          .thenComparing(Hit::segment);
  private static final List<String> SHOWN =
      IndexColumns.TABLE.names().stream()
          .filter(name -> !name.equals(IndexColumns.VECTOR))
          .toList();

  private final IndexPlace place;
  private final OpenIndex index;

  private IndexReader(IndexPlace place, OpenIndex index) {
    this.place = place;
    this.index = index;
  }

  /**
   * Opens the version that a release names.
   *
   * @throws LakehouseException if it is not there
   */
  public static IndexReader open(IndexPlace place, long version) {
    return LanceCall.of(
        place,
        "open version " + version,
        () -> new IndexReader(place, OpenIndex.at(place, version)));
  }

  /** Segments in this version. */
  public long count() {
    return LanceCall.of(place, "count rows", () -> index.dataset().countRows());
  }

  /** Ids of the fragments, for reading them apart with {@link #rows(List, List)}. */
  public List<Integer> fragments() {
    return LanceCall.of(
        place,
        "list fragments",
        () -> index.dataset().getFragments().stream().map(Fragment::getId).toList());
  }

  /** Some columns of all rows. */
  public RowCursor rows(List<String> columns) {
    return rows(columns, fragments());
  }

  /** Some columns of the rows of some fragments. */
  public RowCursor rows(List<String> columns, List<Integer> fragments) {
    ScanOptions options = new ScanOptions.Builder().columns(columns).fragmentIds(fragments).build();
    return LanceCall.of(
        place,
        "begin to read rows",
        () -> new RowCursor(place, index.dataset().newScan(options), columns));
  }

  /**
   * The segments nearest to a vector by cosine, best first; equal scores in the order of asset and
   * segment.
   *
   * @param query of the index's dimension
   * @param k at most so many
   * @param where condition in Lance's SQL, applied before the search, not after it
   */
  public List<Hit> nearest(float[] query, int k, Optional<String> where) {
    ScanOptions.Builder options =
        new ScanOptions.Builder()
            .nearest(VectorIndex.query(query, k + TIES))
            .columns(columnsAndDistance());
    where.ifPresent(condition -> options.filter(condition).prefilter(true));
    List<Hit> hits = LanceCall.of(place, "search", () -> hits(options.build()));
    return hits.stream().sorted(ORDER).limit(k).toList();
  }

  private static List<String> columnsAndDistance() {
    List<String> columns = new ArrayList<>(SHOWN);
    columns.add(DISTANCE);
    return columns;
  }

  private List<Hit> hits(ScanOptions options) {
    List<Hit> hits = new ArrayList<>();
    try (LanceScanner scanner = index.dataset().newScan(options);
        ArrowReader batches = scanner.scanBatches()) {
      while (batches.loadNextBatch()) {
        VectorSchemaRoot batch = batches.getVectorSchemaRoot();
        for (int i = 0; i < batch.getRowCount(); i++) {
          hits.add(hit(batch, i));
        }
      }
      return hits;
    } catch (Exception e) {
      throw LakehouseException.because(
          e, ErrorCode.UNEXPECTED, "Cannot search index %s: %s", place, e.getMessage());
    }
  }

  private static Hit hit(VectorSchemaRoot batch, int i) {
    Values row = Values.of(IndexColumns.TABLE);
    for (String column : SHOWN) {
      row.set(column, IndexArrow.get(batch.getVector(column), i));
    }
    return new Hit(1.0 - ((Float4Vector) batch.getVector(DISTANCE)).get(i), row);
  }

  @Override
  public void close() {
    index.close();
  }
}
