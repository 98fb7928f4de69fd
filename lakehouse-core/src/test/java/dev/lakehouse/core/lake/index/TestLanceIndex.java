// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static dev.lakehouse.core.lake.index.IndexRows.DIM;
import static dev.lakehouse.core.lake.index.IndexRows.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.IndexRecall;
import dev.lakehouse.core.lake.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.CommitBuilder;
import org.lance.Dataset;
import org.lance.FragmentMetadata;
import org.lance.Transaction;
import org.lance.index.DistanceType;
import org.lance.index.IndexOptions;
import org.lance.index.IndexParams;
import org.lance.index.IndexType;
import org.lance.index.vector.HnswBuildParams;
import org.lance.index.vector.IvfBuildParams;
import org.lance.index.vector.SQBuildParams;
import org.lance.index.vector.VectorIndexParams;
import org.lance.operation.Overwrite;

class TestLanceIndex {
  private static final String FIRST = "1".repeat(64);
  private static final String SECOND = "2".repeat(64);
  private static final String THIRD = "3".repeat(64);
  private static final int MANY_DIM = 256;

  @TempDir Path folder;
  private IndexPlace place;
  private LanceIndex index;

  @BeforeEach
  void place() {
    // a space in the path, because users have them
    LakeLayout layout = LakeLayout.of(folder.resolve("my lake").toString(), Settings.defaults());
    place = IndexPlace.of(layout, IndexPlace.path("text", "ab".repeat(32)), new Configuration());
    index = LanceIndex.at(place, DIM);
  }

  @Test
  void readsBackWhatWasWritten() {
    IndexVersion version = commitFirst(2500); // more than two batches

    assertThat(version.rows()).isEqualTo(2500);
    assertThat(version.tag()).isEqualTo("release-" + FIRST);
    List<String> columns = IndexColumns.TABLE.names();
    try (IndexReader reader = IndexReader.open(place, version.version());
        RowCursor rows = reader.rows(columns)) {
      for (int i = 0; i < 2500; i++) {
        assertThat(rows.next()).isEqualTo(IndexRows.row(i));
      }
      assertThat(rows.hasNext()).isFalse();
    }
  }

  @Test
  void oneTransactionRemovesAndAdds() {
    IndexVersion first = commitFirst(10);

    IndexVersion second =
        index.commit(
            IndexChange.since(
                first.version(), SECOND, Set.of(id(3), id(7), "unknown"), write(20, 22)));

    assertThat(IndexRows.ids(place, second.version()))
        .containsExactly(id(0), id(1), id(2), id(4), id(5), id(6), id(8), id(9), id(20), id(21));
    assertThat(transactionsOf(SECOND)).hasSize(1);
    assertThat(IndexRows.ids(place, first.version())).hasSize(10);
  }

  @Test
  void whoeverMayReadOtherFilesMayReadThoseOfAnIndex() throws IOException {
    IndexVersion first = commitFirst(10);
    index.commit(IndexChange.since(first.version(), SECOND, Set.of(id(1)), write(20, 22)));

    Path any = Files.createFile(folder.resolve("any"));
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSizeGreaterThan(10)
          .allSatisfy(
              file ->
                  assertThat(Files.getPosixFilePermissions(file))
                      .isEqualTo(Files.getPosixFilePermissions(any)));
    }
  }

  @Test
  void aFragmentThatLosesAllRowsLeaves() {
    List<byte[]> two = new ArrayList<>(write(0, 2));
    two.addAll(write(2, 6));
    IndexVersion first = index.commit(IndexChange.whole(FIRST, two));

    IndexVersion second =
        index.commit(IndexChange.since(first.version(), SECOND, Set.of(id(0), id(1)), List.of()));

    assertThat(second.fragments()).isEqualTo(1);
    assertThat(IndexRows.ids(place, second.version())).containsExactly(id(2), id(3), id(4), id(5));
  }

  @Test
  void committingTheSameReleaseAgainChangesNothing() throws IOException {
    IndexVersion first = commitFirst(10);
    IndexChange change = IndexChange.since(first.version(), SECOND, Set.of(id(1)), write(20, 22));
    IndexVersion second = index.commit(change);
    long files = files();

    assertThat(index.commit(change)).isEqualTo(second);
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void aReleaseThatLostItsAcknowledgementIsFound() {
    IndexVersion first = commitFirst(10);
    IndexChange change = IndexChange.since(first.version(), SECOND, Set.of(id(1)), write(20, 22));
    IndexVersion second = index.commit(change);
    withDataset(dataset -> dataset.tags().delete(second.tag())); // the crash came before the tag

    IndexVersion again = index.commit(change);

    assertThat(transactionsOf(SECOND)).hasSize(1);
    assertThat(again).isEqualTo(second);
  }

  @Test
  void anAbandonedReleaseLeavesNothingBehind() {
    IndexVersion first = commitFirst(10);
    index.commit(IndexChange.since(first.version(), SECOND, Set.of(id(1)), write(20, 22)));

    IndexVersion third =
        index.commit(IndexChange.since(first.version(), THIRD, Set.of(id(2)), write(30, 31)));

    assertThat(IndexRows.ids(place, third.version()))
        .containsExactly(id(0), id(1), id(3), id(4), id(5), id(6), id(7), id(8), id(9), id(30));
  }

  @Test
  void aReleaseOverwrittenByAnAbandonedOneIsRestored() {
    IndexVersion first = commitFirst(10);
    IndexChange change = IndexChange.since(first.version(), SECOND, Set.of(id(1)), write(20, 22));
    IndexVersion second = index.commit(change);
    index.commit(IndexChange.since(first.version(), THIRD, Set.of(id(2)), List.of()));
    withDataset(dataset -> dataset.tags().delete(second.tag()));

    IndexVersion again = index.commit(change);

    assertThat(IndexRows.ids(place, again.version()))
        .isEqualTo(IndexRows.ids(place, second.version()));
    assertThat(transactionsOf(SECOND)).hasSize(1);
  }

  @Test
  void aReleaseWithoutChangeNamesTheVersionOfItsParent() {
    IndexVersion first = commitFirst(10);

    IndexVersion second =
        index.commit(IndexChange.since(first.version(), SECOND, Set.of(), List.of()));

    assertThat(second.version()).isEqualTo(first.version());
    assertThat(tags()).containsExactlyInAnyOrder(first.tag(), second.tag());
  }

  @Test
  void replacingKeepsOldVersionsReadable() {
    IndexVersion first = commitFirst(10);

    IndexVersion second = index.commit(IndexChange.whole(SECOND, write(50, 53)));

    assertThat(IndexRows.ids(place, second.version())).containsExactly(id(50), id(51), id(52));
    assertThat(IndexRows.ids(place, first.version())).hasSize(10);
  }

  @Test
  void aTransactionMovedBehindAnotherOneDoesNotCount() {
    IndexVersion first = commitFirst(10);
    commitBehindTheBack(SECOND, first.version() - 1, write(90, 91)); // Lance lets it win

    IndexVersion second =
        index.commit(IndexChange.since(first.version(), SECOND, Set.of(id(1)), List.of()));

    assertThat(IndexRows.ids(place, second.version())).hasSize(9).contains(id(0));
  }

  @Test
  void aMissingBaseIsAnError() {
    assertThatThrownBy(() -> index.commit(IndexChange.since(4, SECOND, Set.of(), write(0, 1))))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
        .hasMessageContaining("publish --rebuild");
  }

  @Test
  void anUnknownVersionIsAnError() {
    commitFirst(3);

    assertThatThrownBy(() -> IndexReader.open(place, 99))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("version 99 of index");
  }

  @Test
  void aVectorOfAnotherLengthIsRefused() {
    Object[] row = IndexRows.row(1);
    row[2] = new float[] {1, 0};

    assertThatThrownBy(() -> FragmentWriter.write(place, DIM, List.<Object[]>of(row).iterator()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 elements")
        .hasMessageContaining("dimension 16");
  }

  @Test
  void aRowWithoutVectorIsRefused() {
    Object[] row = IndexRows.row(1);
    row[2] = null;

    assertThatThrownBy(() -> FragmentWriter.write(place, DIM, List.<Object[]>of(row).iterator()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lacks its required column vector");
  }

  @Test
  void noRowsAreNoFragments() {
    assertThat(FragmentWriter.write(place, DIM, List.<Object[]>of().iterator())).isEmpty();
  }

  @Test
  void aLargeIndexCoversEveryRowAfterEachRelease() {
    LanceIndex large = LanceIndex.at(place, DIM, 500);
    IndexVersion first = large.commit(IndexChange.whole(FIRST, write(0, 600)));
    IndexVersion second =
        large.commit(
            IndexChange.since(first.version(), SECOND, Set.of(id(5), id(7)), write(600, 700)));

    assertThat(first.unindexedRows()).isZero();
    assertThat(second.unindexedRows()).isZero();
    assertThat(second.rows()).isEqualTo(698);
    assertThat(second.recall())
        .isEqualTo(new IndexRecall(IndexRecall.Search.APPROXIMATE, 200, 1.0, 0));
    assertNearest(second, 100, 698);
  }

  @Test
  void ofAFlatIndexNothingIsMeasured() {
    assertThat(commitFirst(20).recall()).isEqualTo(IndexRecall.exact());
  }

  @Test
  void anIndexThatLosesNeighboursIsFoundOutAndBuiltAnew() {
    commitFirst(3000);
    withDataset(
        dataset -> {
          dataset.createIndex(
              IndexOptions.builder(
                      List.of("vector"),
                      IndexType.IVF_HNSW_SQ,
                      IndexParams.builder().setVectorIndexParams(hardlyAGraph()).build())
                  .withIndexName("vectors")
                  .build());
          VectorIndex vectors = new VectorIndex(dataset);
          double before = vectors.recall().at10();
          assertThat(before).isBetween(0.01, 0.9);
          assertThat(vectors.recall().at10()).isEqualTo(before); // of the same always the same

          assertThat(vectors.cover(0.95).at10()).isGreaterThan(0.95);
        });
  }

  private static VectorIndexParams hardlyAGraph() {
    return VectorIndexParams.withIvfHnswSqParams(
        DistanceType.Cosine,
        new IvfBuildParams.Builder().setNumPartitions(1).build(),
        new HnswBuildParams.Builder().setM(2).setEfConstruction(2).build(),
        new SQBuildParams.Builder().build());
  }

  @Test
  void anIndexThatFindsTooLittleGetsNoTag() {
    LanceIndex large = LanceIndex.at(place, MANY_DIM, 500);
    IndexChange hard =
        IndexChange.whole(FIRST, FragmentWriter.write(place, MANY_DIM, unlike(8000).iterator()));

    assertThatThrownBy(() -> large.requiring(1).commit(hard))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
        .hasMessageContaining("text/")
        .hasMessageContaining("expected recall@10 of at least 1.0")
        .hasMessageContaining("but found recall@10 0.")
        .hasMessageContaining("lakehouse.index.min-recall");
    assertThat(large.version(FIRST)).isEmpty();

    IndexVersion accepted = large.requiring(0).commit(hard);
    assertThat(accepted.recall().at10()).isBetween(0.01, 0.9999);
    assertThat(accepted.recall().sample()).isEqualTo(200);
    assertThat(large.version(FIRST)).hasValue(accepted.version());
  }

  /** Rows of many numbers without any likeness, where no graph leads to all that is near. */
  private static List<Object[]> unlike(int count) {
    Random random = new Random(1);
    List<Object[]> rows = IndexRows.range(0, count);
    for (Object[] row : rows) {
      float[] vector = new float[MANY_DIM];
      double square = 0;
      for (int j = 0; j < MANY_DIM; j++) {
        vector[j] = (float) random.nextGaussian();
        square += vector[j] * vector[j];
      }
      for (int j = 0; j < MANY_DIM; j++) {
        vector[j] /= (float) Math.sqrt(square);
      }
      row[2] = vector;
    }
    return rows;
  }

  @Test
  void manySmallReleasesLeaveASoundIndex() {
    LanceIndex large = LanceIndex.at(place, DIM, 500);
    IndexVersion last = large.commit(IndexChange.whole(FIRST, write(0, 600)));
    for (int i = 0; i < 10; i++) {
      int from = 600 + 20 * i;
      last =
          large.commit(
              IndexChange.since(
                  last.version(), "%064x".formatted(i + 16), Set.of(), write(from, from + 20)));
    }

    assertThat(last.unindexedRows()).isZero();
    assertNearest(last, 100, 800);
  }

  @Test
  @Tag("slow")
  void aVectorIndexFindsNearlyAllNeighbours() {
    IndexVersion first = commitFirst(45_000); // three partitions
    IndexVersion second =
        index.commit(IndexChange.since(first.version(), SECOND, Set.of(), write(45_000, 47_000)));

    assertThat(second.unindexedRows()).isZero();
    assertThat(recall(second, Optional.empty())).isGreaterThan(0.98);
    assertThat(recall(second, Optional.of("width < 1000"))).isGreaterThan(0.98); // one in fifty
  }

  /** Share of the ten nearest neighbours that are found, over fifty queries. */
  private double recall(IndexVersion version, Optional<String> where) {
    List<String> candidates =
        IntStream.range(0, (int) version.rows())
            .filter(row -> where.isEmpty() || (row % 2 == 0 && 100 + row < 1000))
            .mapToObj(IndexRows::id)
            .toList();
    try (IndexReader reader = IndexReader.open(place, version.version())) {
      return IntStream.range(100_000, 100_050)
              .mapToObj(IndexRows::vector)
              .mapToInt(
                  query -> {
                    List<String> found =
                        reader.nearest(query, 10, where).stream().map(Hit::assetId).toList();
                    return (int)
                        nearest(query, candidates).stream().filter(found::contains).count();
                  })
              .sum()
          / 500.0;
    }
  }

  private static List<String> nearest(float[] query, List<String> candidates) {
    Map<String, Double> cosines = new HashMap<>();
    candidates.forEach(
        name -> cosines.put(name, IndexRows.cosine(query, IndexRows.vector(number(name)))));
    return candidates.stream()
        .sorted(Comparator.comparing(cosines::get, Comparator.reverseOrder()))
        .limit(10)
        .toList();
  }

  @Test
  void nearestNeighboursEqualBruteForce() {
    IndexVersion version = commitFirst(1000);

    assertNearest(version, 5000, 1000);
  }

  private void assertNearest(IndexVersion version, int seed, int rows) {
    try (IndexReader reader = IndexReader.open(place, version.version())) {
      float[] query = IndexRows.vector(seed);
      List<Hit> hits = reader.nearest(query, 10, Optional.empty());
      List<String> expected = nearest(query, IndexRows.ids(place, version.version()));
      assertThat(reader.count()).isEqualTo(rows);
      assertThat(hits.stream().map(Hit::assetId)).isEqualTo(expected);
      Hit best = hits.get(0);
      assertThat(best.score())
          .isCloseTo(
              IndexRows.cosine(query, IndexRows.vector(number(best.assetId()))),
              Offset.offset(1e-5));
    }
  }

  @Test
  void aConditionIsAppliedBeforeTheSearch() {
    IndexVersion version = commitFirst(1000);
    try (IndexReader reader = IndexReader.open(place, version.version())) {
      List<Hit> hits = reader.nearest(IndexRows.vector(1), 50, Optional.of("language = 'deu'"));

      assertThat(hits).hasSize(50);
      assertThat(hits).allMatch(hit -> hit.row().text("language").equals(Optional.of("deu")));
    }
  }

  @Test
  void equalScoresComeInTheOrderOfTheirIds() {
    List<Object[]> rows = IndexRows.range(0, 30);
    rows.forEach(row -> row[2] = IndexRows.vector(0));
    IndexVersion version =
        index.commit(IndexChange.whole(FIRST, FragmentWriter.write(place, DIM, rows.iterator())));
    try (IndexReader reader = IndexReader.open(place, version.version())) {
      assertThat(reader.nearest(IndexRows.vector(0), 5, Optional.empty()))
          .extracting(Hit::assetId)
          .containsExactly(id(0), id(1), id(2), id(3), id(4));
    }
  }

  @Test
  void fragmentsCanBeReadApart() {
    List<byte[]> three = new ArrayList<>();
    IntStream.range(0, 3).forEach(i -> three.addAll(write(i * 4, i * 4 + 4)));
    IndexVersion version = index.commit(IndexChange.whole(FIRST, three));
    try (IndexReader reader = IndexReader.open(place, version.version());
        RowCursor rows = reader.rows(List.of("asset_id"), List.of(reader.fragments().get(1)))) {
      List<Object> ids = new ArrayList<>();
      rows.forEachRemaining(row -> ids.addAll(Arrays.asList(row)));
      assertThat(ids).containsExactly(id(4), id(5), id(6), id(7));
    }
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring("asset".length()));
  }

  private IndexVersion commitFirst(int rows) {
    return index.commit(IndexChange.whole(FIRST, write(0, rows)));
  }

  private List<byte[]> write(int from, int to) {
    return FragmentWriter.write(place, DIM, IndexRows.range(from, to).iterator());
  }

  private void commitBehindTheBack(String releaseId, long read, List<byte[]> fragments) {
    List<FragmentMetadata> added = fragments.stream().map(FragmentBytes::fragment).toList();
    withDataset(
        dataset -> {
          try (Transaction transaction =
                  new Transaction.Builder()
                      .readVersion(read)
                      .operation(
                          Overwrite.builder()
                              .fragments(added)
                              .schema(IndexArrow.schema(IndexColumns.TABLE, DIM))
                              .build())
                      .transactionProperties(Map.of("lakehouse.release", releaseId))
                      .build();
              Dataset made = new CommitBuilder(dataset).execute(transaction)) {
            assertThat(made.version()).isGreaterThan(read + 1);
          }
        });
  }

  private List<Long> transactionsOf(String releaseId) {
    List<Long> versions = new ArrayList<>();
    withDataset(
        dataset ->
            dataset
                .listVersions()
                .forEach(
                    version -> {
                      try (Dataset at = dataset.checkoutVersion(version.getId())) {
                        at.readTransaction()
                            .flatMap(Transaction::transactionProperties)
                            .filter(properties -> properties.containsValue(releaseId))
                            .ifPresent(properties -> versions.add(version.getId()));
                      }
                    }));
    return versions;
  }

  private List<String> tags() {
    List<String> tags = new ArrayList<>();
    withDataset(dataset -> dataset.tags().list().forEach(tag -> tags.add(tag.getName())));
    return tags;
  }

  private void withDataset(Consumer<Dataset> action) {
    try (BufferAllocator allocator = new RootAllocator();
        Dataset dataset = Dataset.open().allocator(allocator).uri(place.uri()).build()) {
      action.accept(dataset);
    }
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(place.uri()))) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
