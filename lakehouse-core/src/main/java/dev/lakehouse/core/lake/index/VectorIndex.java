// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.index.DistanceType;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.OptimizeOptions;
import org.lance.index.vector.HnswBuildParams;
import org.lance.index.vector.IvfBuildParams;
import org.lance.index.vector.SQBuildParams;
import org.lance.index.vector.VectorIndexParams;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.Query;
import org.lance.ipc.ScanOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vector index of a dataset: a graph for each partition of the space.
 *
 * <p>New rows get a part of their own beside the others; when there are too many parts, all are
 * built anew. Parts are never merged: lance-core 4.0.0 merges partitions on the way and then finds
 * one neighbour in four. For the same reason every index is asked for rows that it must know before
 * a release may name it.
 */
final class VectorIndex {
  private static final Logger LOG = LoggerFactory.getLogger(VectorIndex.class);
  private static final String NAME = "vectors";
  private static final long PARTITION_ROWS = 20_000;
  private static final int MAX_PARTS = 8;
  private static final int SAMPLES_OF_A_FRAGMENT = 4;
  private static final int MAX_SAMPLES = 32;
  private static final double MIN_FOUND = 0.9;
  private static final float SAME = 1e-3f;

  /** Partitions that a query looks into; with fewer, a search is as good as complete. */
  private static final int PROBES = 20;

  /** How many times k candidates are compared again by their exact vectors. */
  private static final int REFINE = 3;

  private final Dataset dataset;

  VectorIndex(Dataset dataset) {
    this.dataset = dataset;
  }

  /** The query for the nearest neighbours of a vector, exact where there is no index. */
  static Query query(float[] vector, int k) {
    return new Query.Builder()
        .setColumn(IndexColumns.VECTOR)
        .setKey(vector)
        .setK(k)
        .setMinimumNprobes(PROBES)
        .setRefineFactor(REFINE)
        .setDistanceType(DistanceType.Cosine)
        .setUseIndex(true)
        .build();
  }

  /**
   * Makes the index cover every row.
   *
   * @throws LakehouseException if even a new index does not find rows that it holds
   */
  void cover() {
    if (!exists() || parts() >= MAX_PARTS) {
      build();
    } else if (unindexedRows() > 0) {
      dataset.optimizeIndices(
          OptimizeOptions.builder().indexNames(List.of(NAME)).numIndicesToMerge(0).build());
    }
    if (found() < MIN_FOUND) {
      LOG.warn("The vector index of {} misses rows; building it anew", dataset.uri());
      build();
      requireSound();
    }
  }

  private boolean exists() {
    return dataset.listIndexes().contains(NAME);
  }

  private long parts() {
    return statistic("num_indices");
  }

  /** Rows outside the index: all of them where there is none. */
  long unindexedRows() {
    return exists() ? statistic("num_unindexed_rows") : dataset.countRows();
  }

  private long statistic(String name) {
    Map<String, Object> statistics = dataset.getIndexStatistics(NAME);
    return ((Number) statistics.getOrDefault(name, 0)).longValue();
  }

  private void build() {
    int partitions = (int) Math.ceil((double) dataset.countRows() / PARTITION_ROWS);
    VectorIndexParams params =
        VectorIndexParams.withIvfHnswSqParams(
            DistanceType.Cosine,
            new IvfBuildParams.Builder().setNumPartitions(partitions).build(),
            new HnswBuildParams.Builder().setM(16).setEfConstruction(100).build(),
            new SQBuildParams.Builder().build());
    dataset.createIndex(
        IndexOptions.builder(
                List.of(IndexColumns.VECTOR),
                IndexType.IVF_HNSW_SQ,
                IndexParams.builder().setVectorIndexParams(params).build())
            .withIndexName(NAME)
            .replace(true)
            .build());
  }

  private void requireSound() {
    double found = found();
    if (found < MIN_FOUND) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "The vector index of %s finds only %.0f %% of the rows that it holds, expected %.0f %%."
              + " Nothing was released; report this with the version of lance-core",
          dataset.uri(),
          100 * found,
          100 * MIN_FOUND);
    }
  }

  /** Of some rows spread over the dataset, the share that their own vectors lead to. */
  private double found() {
    List<float[]> samples = samples();
    long found = samples.stream().filter(this::isKnown).count();
    return (double) found / samples.size();
  }

  private boolean isKnown(float[] vector) {
    ScanOptions options =
        new ScanOptions.Builder()
            .nearest(query(vector, 1))
            .columns(List.of(IndexColumns.ASSET_ID, IndexReader.DISTANCE))
            .build();
    List<Float> distances = new ArrayList<>();
    scan(
        dataset.newScan(options),
        IndexReader.DISTANCE,
        (distance, row) -> distances.add(((Float4Vector) distance).get(row)));
    return distances.stream().anyMatch(distance -> distance < SAME);
  }

  private List<float[]> samples() {
    List<Fragment> fragments = dataset.getFragments();
    int step = Math.max(1, fragments.size() * SAMPLES_OF_A_FRAGMENT / MAX_SAMPLES);
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < fragments.size(); i += step) {
      Fragment fragment = fragments.get(i);
      long apart = Math.max(1, fragment.countRows() / SAMPLES_OF_A_FRAGMENT);
      for (long row = 0; row < fragment.countRows(); row += apart) {
        ScanOptions one =
            new ScanOptions.Builder()
                .columns(List.of(IndexColumns.VECTOR))
                .offset(row)
                .limit(1)
                .build();
        scan(
            fragment.newScan(one),
            IndexColumns.VECTOR,
            (vector, at) -> samples.add((float[]) IndexArrow.get(vector, at)));
      }
    }
    return samples;
  }

  private interface Visitor {
    void visit(FieldVector vector, int row);
  }

  private void scan(LanceScanner opened, String column, Visitor visitor) {
    try (LanceScanner scanner = opened;
        ArrowReader batches = scanner.scanBatches()) {
      while (batches.loadNextBatch()) {
        for (int i = 0; i < batches.getVectorSchemaRoot().getRowCount(); i++) {
          visitor.visit(batches.getVectorSchemaRoot().getVector(column), i);
        }
      }
    } catch (Exception e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot read index %s: %s", dataset.uri(), e.getMessage());
    }
  }
}
