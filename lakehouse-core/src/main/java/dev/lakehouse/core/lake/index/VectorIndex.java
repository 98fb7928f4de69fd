// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.lake.IndexRecall;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.lance.Dataset;
import org.lance.index.DistanceType;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.OptimizeOptions;
import org.lance.index.vector.HnswBuildParams;
import org.lance.index.vector.IvfBuildParams;
import org.lance.index.vector.SQBuildParams;
import org.lance.index.vector.VectorIndexParams;
import org.lance.ipc.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vector index of a dataset: a graph for each partition of the space.
 *
 * <p>New rows get a part of their own beside the others; when there are too many parts, all are
 * built anew. Parts are never merged: lance-core 4.0.0 merges partitions on the way and then finds
 * one neighbour in four. For the same reason it is measured how much every index finds, before a
 * release may name it.
 */
final class VectorIndex {
  private static final Logger LOG = LoggerFactory.getLogger(VectorIndex.class);
  private static final String NAME = "vectors";
  private static final long PARTITION_ROWS = 20_000;
  private static final int MAX_PARTS = 8;

  /** Partitions that a query looks into; with fewer, a search is as good as complete. */
  private static final int PROBES = 20;

  /** How many times k candidates are compared again by their exact vectors. */
  private static final int REFINE = 3;

  /** Candidates that a walk through the graph keeps; texts without meaning need that many. */
  private static final int MIN_EF = 400;

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
        .setEf(Math.max(MIN_EF, 2 * REFINE * k))
        .setDistanceType(DistanceType.Cosine)
        .setUseIndex(true)
        .build();
  }

  /**
   * Makes the index cover every row; anew, if else it found too little.
   *
   * @param floor share of what is near that it is to find
   * @return how much it finds, which may be less
   */
  IndexRecall cover(double floor) {
    boolean isNew = !exists() || parts() >= MAX_PARTS;
    if (isNew) {
      build();
    } else if (unindexedRows() > 0) {
      dataset.optimizeIndices(
          OptimizeOptions.builder().indexNames(List.of(NAME)).numIndicesToMerge(0).build());
    }
    IndexRecall recall = recall();
    if (!recall.isAtLeast(floor) && !isNew) {
      LOG.warn("The vector index of {} has {}; building it anew", dataset.uri(), recall.words());
      build();
      recall = recall();
    }
    return recall;
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

  /** What a search by it finds of what is near. */
  IndexRecall recall() {
    if (!exists()) {
      return IndexRecall.exact();
    }
    RecallCheck.Result found = new RecallCheck(dataset, dim()).run();
    return new IndexRecall(
        IndexRecall.Search.APPROXIMATE, found.sample(), found.share(), unindexedRows());
  }

  private int dim() {
    Field vector = dataset.getSchema().findField(IndexColumns.VECTOR);
    return ((ArrowType.FixedSizeList) vector.getType()).getListSize();
  }
}
