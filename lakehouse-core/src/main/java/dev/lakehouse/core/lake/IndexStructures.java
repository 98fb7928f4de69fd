// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lance.Dataset;
import org.lance.index.DistanceType;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.OptimizeOptions;
import org.lance.index.scalar.InvertedIndexParams;
import org.lance.index.scalar.ScalarIndexParams;
import org.lance.index.vector.HnswBuildParams;
import org.lance.index.vector.IvfBuildParams;
import org.lance.index.vector.SQBuildParams;
import org.lance.index.vector.VectorIndexParams;

/**
 * What makes a search fast: a vector index, indexes of the filter columns, a full-text index.
 *
 * <p>A small index has no vector index: comparing a query with ten thousand vectors takes a few
 * milliseconds and is exact.
 */
final class IndexStructures {
  static final long FLAT_ROWS = 10_000;
  static final long PARTITION_ROWS = 20_000;

  private static final String VECTORS = "vectors";
  private static final String WORDS = "words";
  private static final Set<String> TREES = Set.of(IndexColumns.ASSET_ID, IndexColumns.GROUP_ID);
  private static final List<String> FILTERED =
      List.of(
          IndexColumns.ASSET_ID,
          IndexColumns.GROUP_ID,
          IndexColumns.MODALITY,
          IndexColumns.MEDIA_TYPE,
          IndexColumns.LANGUAGE,
          IndexColumns.LICENCE,
          IndexColumns.SOURCE);

  private final long flatRows;

  IndexStructures(long flatRows) {
    this.flatRows = flatRows;
  }

  /** Builds what is missing and extends what does not cover all rows yet. */
  void build(Dataset dataset) {
    List<String> present = dataset.listIndexes();
    if (!present.contains(WORDS)) {
      buildWords(dataset);
    }
    if (dataset.countRows() >= flatRows) {
      buildFilters(dataset, present);
      if (!present.contains(VECTORS)) {
        buildVectors(dataset);
      }
    }
    extend(dataset, present);
  }

  private static void buildVectors(Dataset dataset) {
    int partitions = (int) Math.ceil((double) dataset.countRows() / PARTITION_ROWS);
    VectorIndexParams params =
        VectorIndexParams.withIvfHnswSqParams(
            DistanceType.Cosine,
            new IvfBuildParams.Builder().setNumPartitions(partitions).build(),
            new HnswBuildParams.Builder().setM(16).setEfConstruction(100).build(),
            new SQBuildParams.Builder().build());
    create(
        dataset,
        VECTORS,
        IndexColumns.VECTOR,
        IndexType.IVF_HNSW_SQ,
        IndexParams.builder().setVectorIndexParams(params).build());
  }

  private static void buildFilters(Dataset dataset, List<String> present) {
    for (String column : FILTERED) {
      if (!present.contains(column)) {
        boolean tree = TREES.contains(column);
        create(
            dataset,
            column,
            column,
            tree ? IndexType.BTREE : IndexType.BITMAP,
            scalar(ScalarIndexParams.create(tree ? "btree" : "bitmap")));
      }
    }
  }

  private static void buildWords(Dataset dataset) {
    create(
        dataset,
        WORDS,
        IndexColumns.EXCERPT,
        IndexType.INVERTED,
        scalar(
            InvertedIndexParams.builder()
                .baseTokenizer("simple")
                .language(
                    "English") // must be given; without stemming and stop words it has no effect
                .lowerCase(true)
                .asciiFolding(true)
                .stem(false) // texts come in many languages
                .removeStopWords(false)
                .build()));
  }

  private static IndexParams scalar(ScalarIndexParams params) {
    return IndexParams.builder().setScalarIndexParams(params).build();
  }

  private static void create(
      Dataset dataset, String name, String column, IndexType type, IndexParams params) {
    dataset.createIndex(
        IndexOptions.builder(List.of(column), type, params).withIndexName(name).build());
  }

  private static void extend(Dataset dataset, List<String> present) {
    List<String> behind =
        present.stream()
            .filter(name -> statistic(dataset, name, "num_unindexed_rows") > 0)
            .toList();
    if (!behind.isEmpty()) {
      dataset.optimizeIndices(OptimizeOptions.builder().indexNames(behind).build());
    }
  }

  /** Rows outside the vector index: all of them where there is none. */
  static long unindexedRows(Dataset dataset) {
    return dataset.listIndexes().contains(VECTORS)
        ? statistic(dataset, VECTORS, "num_unindexed_rows")
        : dataset.countRows();
  }

  private static long statistic(Dataset dataset, String index, String name) {
    Map<String, Object> statistics = dataset.getIndexStatistics(index);
    return statistics.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
