// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.copy.LocalCopies.Held;
import dev.lakehouse.core.lake.copy.RemoteCopy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.lance.Fragment;
import org.lance.ipc.FullTextQuery;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/** One version of an index, open for reading; safe to share between threads. */
public final class IndexReader implements AutoCloseable {
  static final String DISTANCE = "_distance";

  /**
   * Asked for beyond k, so that equal distances at the end of the list are cut by id, not by luck.
   */
  private static final int TIES = 8;

  /** However many are equal, more are not looked at. */
  private static final int MAX_ASKED = 1 << 17;

  private static final String SCORE = "_score";

  private final IndexPlace place;
  private final OpenIndex index;
  private final Optional<Held> held;

  private final ShownRows shown;

  private IndexReader(IndexPlace place, OpenIndex index, Optional<Held> held) {
    this.place = place;
    this.index = index;
    this.held = held;
    this.shown = new ShownRows(this::scan);
  }

  /**
   * Opens the version that a release names; a copy is fetched to this machine, unless it is here.
   *
   * @throws LakehouseException if it is not there, or there is no room to fetch it
   */
  public static IndexReader open(IndexPlace place, long version) {
    Optional<Held> held = place.copy().map(RemoteCopy::hold);
    IndexPlace here =
        held.map(copy -> IndexPlace.local(copy.folder(), place.patience())).orElse(place);
    try {
      return LanceCall.of(
          here,
          "open version " + version,
          () -> new IndexReader(here, OpenIndex.at(here, version), held));
    } catch (RuntimeException e) {
      held.ifPresent(Held::close);
      throw e;
    }
  }

  /** Segments in this version. */
  public long count() {
    return LanceCall.of(place, "count rows", () -> index.dataset().countRows());
  }

  /**
   * Segments in this version that meet a condition.
   *
   * @param where in Lance's SQL
   */
  public long count(String where) {
    return LanceCall.of(place, "count rows", () -> index.dataset().countRows(where));
  }

  /** Ids of the fragments, for reading them apart with {@link #rows(List, List)}. */
  public List<Integer> fragments() {
    return LanceCall.of(
        place,
        "list fragments",
        () -> index.dataset().getFragments().stream().map(Fragment::getId).toList());
  }

  /** Whether it keeps words; one that an earlier version of the house made does not. */
  public boolean keepsWords() {
    return LanceCall.of(place, "read its schema", () -> names().contains(IndexColumns.WORDS));
  }

  private List<String> names() {
    return index.dataset().getSchema().getFields().stream().map(Field::getName).toList();
  }

  /** Whether any row has words. */
  public boolean holdsWords() {
    return LanceCall.of(
        place,
        "look for words",
        () -> index.dataset().countRows(IndexColumns.WORDS + " IS NOT NULL") > 0);
  }

  /** Some columns of all rows. */
  public RowCursor rows(List<String> columns) {
    return rows(columns, fragments());
  }

  /** Some columns of the rows of some fragments; what an earlier version did not keep is null. */
  public RowCursor rows(List<String> columns, List<Integer> fragments) {
    return LanceCall.of(
        place,
        "begin to read rows",
        () -> {
          List<String> present = columns.stream().filter(names()::contains).toList();
          ScanOptions options =
              new ScanOptions.Builder().columns(present).fragmentIds(fragments).build();
          return new RowCursor(place, index.dataset().newScan(options), columns);
        });
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
    return best(
        k,
        asked -> scan(DISTANCE, asked, where).nearest(VectorIndex.query(query, asked)).build(),
        batch -> row -> 1.0 - ((Float4Vector) batch.getVector(DISTANCE)).get(row));
  }

  /**
   * The segments that hold words, by BM25, best first; equal scores in the order of asset and
   * segment.
   *
   * @param query not empty
   * @param k at most so many
   * @param where condition in Lance's SQL, applied before the search, not after it
   */
  public List<Hit> holding(WordQuery query, int k, Optional<String> where) {
    FullTextQuery words = query.toLance(IndexColumns.WORDS);
    return best(
        k,
        asked -> scan(SCORE, asked, where).fullTextQuery(words).limit(asked).build(),
        batch -> row -> ((Float4Vector) batch.getVector(SCORE)).get(row));
  }

  /** The vectors of some assets, by asset and segment. */
  public Map<String, SortedMap<String, float[]>> vectors(Collection<String> assetIds) {
    Map<String, SortedMap<String, float[]>> vectors = new HashMap<>();
    if (assetIds.isEmpty()) {
      return vectors;
    }
    ScanOptions options =
        new ScanOptions.Builder()
            .columns(List.of(IndexColumns.ASSET_ID, IndexColumns.SEGMENT, IndexColumns.VECTOR))
            .filter(isOneOf(assetIds))
            .build();
    LanceCall.run(
        place,
        "read the vectors of assets",
        () ->
            scan(
                options,
                (batch, row) ->
                    vectors
                        .computeIfAbsent(
                            (String) value(batch, IndexColumns.ASSET_ID, row),
                            id -> new TreeMap<>())
                        .put(
                            (String) value(batch, IndexColumns.SEGMENT, row),
                            (float[]) value(batch, IndexColumns.VECTOR, row))));
    return vectors;
  }

  /** The words that some assets hold, by asset and segment; none where it keeps none. */
  public Map<String, Map<String, Set<String>>> words(Collection<String> assetIds) {
    Map<String, Map<String, Set<String>>> words = new HashMap<>();
    if (assetIds.isEmpty() || !keepsWords()) {
      return words;
    }
    List<String> columns = List.of(IndexColumns.ASSET_ID, IndexColumns.SEGMENT, IndexColumns.WORDS);
    ScanOptions options =
        new ScanOptions.Builder().columns(columns).filter(isOneOf(assetIds)).build();
    LanceCall.run(
        place,
        "read the words of assets",
        () ->
            scan(
                options,
                (batch, row) -> {
                  Object line = IndexArrow.get(batch.getVector(IndexColumns.WORDS), row);
                  words
                      .computeIfAbsent(
                          (String) value(batch, IndexColumns.ASSET_ID, row), id -> new HashMap<>())
                      .put(
                          (String) value(batch, IndexColumns.SEGMENT, row),
                          line == null
                              ? Set.of()
                              : new HashSet<>(Arrays.asList(((String) line).split(" "))));
                }));
    return words;
  }

  private static String isOneOf(Collection<String> assetIds) {
    return assetIds.stream()
        .map(IndexColumns::literal)
        .collect(Collectors.joining(", ", IndexColumns.ASSET_ID + " IN (", ")"));
  }

  private static Object value(VectorSchemaRoot batch, String column, int row) {
    return requireNonNull(IndexArrow.get(batch.getVector(column), row), column);
  }

  private static ScanOptions.Builder scan(String score, int asked, Optional<String> where) {
    List<String> columns = new ArrayList<>(ShownRows.withNumbers(asked));
    columns.add(score);
    ScanOptions.Builder options = new ScanOptions.Builder().columns(columns).withRowId(true);
    where.ifPresent(condition -> options.filter(condition).prefilter(true));
    return options;
  }

  /** Asks for so many that where the list ends does not divide what is equal. */
  private List<Hit> best(
      int k,
      IntFunction<ScanOptions> options,
      Function<VectorSchemaRoot, IntToDoubleFunction> score) {
    for (int asked = k + TIES; ; asked *= 4) {
      ScanOptions scan = options.apply(asked);
      Map<Long, Double> scores = new HashMap<>();
      List<Hit> hits = new ArrayList<>();
      LanceCall.run(
          place,
          "search",
          () -> {
            Map<Long, Values> rows = new HashMap<>();
            scan(
                scan,
                (batch, row) -> {
                  long number = ShownRows.number(batch, row);
                  scores.put(number, score.apply(batch).applyAsDouble(row));
                  ShownRows.of(batch, row).ifPresent(shows -> rows.put(number, shows));
                });
            shown.add(rows, scores.keySet());
            scores.forEach(
                (number, each) -> hits.add(new Hit(each, requireNonNull(rows.get(number)))));
          });
      hits.sort(Hit.ORDER);
      boolean isCutBetweenEquals =
          hits.size() >= asked && hits.get(k - 1).score() == hits.get(hits.size() - 1).score();
      if (!isCutBetweenEquals || asked >= MAX_ASKED) {
        return List.copyOf(hits.subList(0, Math.min(k, hits.size())));
      }
    }
  }

  private void scan(ScanOptions options, ShownRows.Visitor visitor) {
    try (LanceScanner scanner = index.dataset().newScan(options);
        ArrowReader batches = scanner.scanBatches()) {
      while (batches.loadNextBatch()) {
        VectorSchemaRoot batch = batches.getVectorSchemaRoot();
        for (int i = 0; i < batch.getRowCount(); i++) {
          visitor.visit(batch, i);
        }
      }
    } catch (Exception e) {
      throw LakehouseException.because(
          e, ErrorCode.UNEXPECTED, "Cannot search index %s: %s", place, e.getMessage());
    }
  }

  @Override
  public void close() {
    index.close();
    held.ifPresent(Held::close);
  }
}
