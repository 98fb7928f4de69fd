// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.IndexRecall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lance.Dataset;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.OptimizeOptions;
import org.lance.index.scalar.InvertedIndexParams;
import org.lance.index.scalar.ScalarIndexParams;

/**
 * What makes a search fast: a vector index, indexes of the filter columns, a full-text index.
 *
 * @param flatRows below so many rows there is only the full-text index: comparing a query with ten
 *     thousand vectors takes a few milliseconds and is exact
 * @param minRecall share of the nearest rows that a vector index must find
 */
record IndexStructures(long flatRows, double minRecall) {
  static final long FLAT_ROWS = 10_000;

  private static final String WORDS = "words";

  /** Lance leaves out what is longer; none of {@link Words} is. */
  private static final int MAX_WORD_BYTES = 1000;

  /** Two full-text indexes that are built at once would need a larger pool. */
  private static final Object ONE_AT_A_TIME = new Object();

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

  /**
   * Builds what is missing and extends what does not cover all rows yet.
   *
   * @return how much a search by vector finds then
   * @throws LakehouseException INTEGRITY if that is too little
   */
  IndexRecall build(IndexPlace place, Dataset dataset) {
    IndexRecall recall = IndexRecall.exact();
    List<String> present = dataset.listIndexes();
    if (!present.contains(WORDS)) {
      LanceCall.run(
          place, "build the full-text index", () -> oneAtATime(() -> buildWords(dataset)));
    }
    if (dataset.countRows() >= flatRows) {
      FILTERED.stream()
          .filter(column -> !present.contains(column))
          .forEach(
              column ->
                  LanceCall.run(
                      place, "build the index of " + column, () -> buildFilter(dataset, column)));
      recall =
          LanceCall.of(
              place, "build the vector index", () -> new VectorIndex(dataset).cover(minRecall));
    }
    LanceCall.run(
        place,
        "extend the full-text index and those of filters",
        () -> oneAtATime(() -> extend(dataset, present)));
    require(place, recall);
    return recall;
  }

  /**
   * Refuses an index that finds too little of what is near.
   *
   * @throws LakehouseException INTEGRITY
   */
  void require(IndexPlace place, IndexRecall recall) {
    if (!recall.isAtLeast(minRecall)) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Cannot release index %s: expected recall@10 of at least %s with every row indexed but found"
              + " %s. Nothing was released; readers still see the last release. Make it anew with"
              + " 'lakehouse publish --rebuild' or, if its vectors are just hard to tell apart, accept"
              + " less with --set lakehouse.index.min-recall",
          place,
          minRecall,
          recall.words());
    }
  }

  private static void oneAtATime(Runnable work) {
    synchronized (ONE_AT_A_TIME) {
      work.run();
    }
  }

  /** Indexes of filter columns are named as their columns. */
  private static void buildFilter(Dataset dataset, String column) {
    boolean tree = TREES.contains(column);
    create(
        dataset,
        column,
        column,
        tree ? IndexType.BTREE : IndexType.BITMAP,
        ScalarIndexParams.create(tree ? "btree" : "bitmap"));
  }

  /** What is indexed are words already: Lance divides them at spaces and changes nothing. */
  private static void buildWords(Dataset dataset) {
    create(
        dataset,
        WORDS,
        IndexColumns.WORDS,
        IndexType.INVERTED,
        InvertedIndexParams.builder()
            .baseTokenizer("whitespace")
            .language("English") // must be given; without stemming and stop words it has no effect
            .lowerCase(false)
            .asciiFolding(false)
            .stem(false)
            .removeStopWords(false)
            .maxTokenLength(MAX_WORD_BYTES)
            .withPosition(true) // for words in a row
            .build());
  }

  private static void create(
      Dataset dataset, String name, String column, IndexType type, ScalarIndexParams params) {
    IndexParams scalar = IndexParams.builder().setScalarIndexParams(params).build();
    dataset.createIndex(
        IndexOptions.builder(List.of(column), type, scalar).withIndexName(name).build());
  }

  private static void extend(Dataset dataset, List<String> present) {
    List<String> behind =
        present.stream()
            .filter(name -> name.equals(WORDS) || FILTERED.contains(name))
            .filter(name -> lacksRows(dataset, name))
            .toList();
    if (!behind.isEmpty()) {
      dataset.optimizeIndices(OptimizeOptions.builder().indexNames(behind).build());
    }
  }

  private static boolean lacksRows(Dataset dataset, String index) {
    Map<String, Object> statistics = dataset.getIndexStatistics(index);
    return ((Number) statistics.getOrDefault("num_unindexed_rows", 0)).longValue() > 0;
  }
}
