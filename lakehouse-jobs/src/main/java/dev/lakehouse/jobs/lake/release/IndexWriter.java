// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sum;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.copy.CopyList;
import dev.lakehouse.core.lake.copy.IndexCopies;
import dev.lakehouse.core.lake.copy.IndexCopy;
import dev.lakehouse.core.lake.copy.LocalCopies;
import dev.lakehouse.core.lake.copy.LocalCopies.Work;
import dev.lakehouse.core.lake.index.IndexChange;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexVersion;
import dev.lakehouse.core.lake.index.LanceIndex;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.RowComparison;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.lake.LanceFragments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Brings the index of a family to what a version of the catalog says. */
final class IndexWriter {
  private static final long ROWS_OF_A_FRAGMENT = 100_000;

  /** The driver takes a partition into memory at a time. */
  private static final long ROWS_AT_THE_DRIVER = 10_000;

  /** Numbers and flags of a row, and what a graph keeps of it. */
  private static final long BYTES_OF_A_ROW = 512;

  private static final long BYTES_OF_AN_INDEX = 1 << 20;

  /** An index has rows, structures over them, and what is written while these are built. */
  private static final long TIMES = 3;

  private final LakeTable catalog;
  private final LakeLayout layout;
  private final String releaseId;
  private final double minRecall;
  private final NewParts newParts;

  /**
   * @param newParts since the release whose indexes are changed
   */
  IndexWriter(
      LakeTable catalog, LakeLayout layout, String releaseId, double minRecall, NewParts newParts) {
    this.newParts = newParts;
    this.catalog = catalog;
    this.layout = layout;
    this.releaseId = releaseId;
    this.minRecall = minRecall;
  }

  /**
   * Writes the index and tags its version.
   *
   * @param version of the catalog that is the release
   * @param base the release whose index is changed; empty to write it as a whole
   * @return the index, or nothing where the family has no rows
   * @throws LakehouseException INTEGRITY if it does not hold what it must, or finds too little;
   *     CONFIG_INVALID if it must be built on this machine's disk and there is no room
   */
  Optional<Family> write(
      FamilyEncoder family, Dataset<Row> embeddings, long version, Optional<Release> base) {
    IndexRows rows = new IndexRows(family, embeddings);
    long expected = rows.of(catalog.rowsAt(version)).count();
    Optional<Family> before =
        base.flatMap(release -> release.family(family.family()))
            .filter(index -> index.encoder().equals(family.encoder()))
            .filter(index -> index.scope().parts().equals(family.scope().parts()))
            .filter(index -> IndexPlace.isOfNow(index.path(), index.name(), index.encoder()));
    if (expected == 0 && before.isEmpty()) {
      return Optional.empty();
    }
    Wanted wanted = new Wanted(family, rows, version, expected, base, before);
    boolean inPlace = IndexPlace.isForLance(layout, hadoop());
    return Optional.of(inPlace ? inPlace(wanted) : copied(wanted));
  }

  /**
   * What an index is to be.
   *
   * @param version of the catalog
   * @param expected rows
   * @param base the release that it goes on from
   * @param before its index of the family, if it has one with the same columns
   */
  private record Wanted(
      FamilyEncoder family,
      IndexRows rows,
      long version,
      long expected,
      Optional<Release> base,
      Optional<Family> before) {

    /** The same, unless the index before is one of another kind. */
    Wanted from(Predicate<String> path) {
      return new Wanted(
          family, rows, version, expected, base, before.filter(index -> path.test(index.path())));
    }
  }

  /** Writes rows as fragments that a commit may take. */
  @FunctionalInterface
  private interface Fragments {
    List<byte[]> of(Dataset<Row> rows, long count);
  }

  /** Executors write fragments to where the index is. */
  private Family inPlace(Wanted any) {
    String path = IndexPlace.path(any.family().family(), any.family().encoder());
    Wanted wanted = any.from(path::equals);
    IndexPlace place = IndexPlace.of(layout, path, hadoop());
    IndexVersion made = made(wanted, place, fragmentsOfExecutors(place, wanted.family()));
    return index(wanted.family(), path, made);
  }

  /**
   * The driver builds the index on its own disk and copies it, whole, to where readers fetch it.
   */
  private Family copied(Wanted any) {
    FamilyEncoder family = any.family();
    String store = IndexCopy.store(IndexPlace.path(family.family(), family.encoder()));
    Wanted wanted =
        any.from(path -> IndexCopy.at(path).filter(copy -> copy.store().equals(store)).isPresent());
    if (isUnchanged(wanted)) {
      return wanted.before().orElseThrow();
    }
    IndexCopies copies = IndexCopies.of(layout, store, hadoop());
    Optional<CopyList> known =
        wanted
            .before()
            .flatMap(index -> IndexCopy.at(index.path()))
            .map(IndexCopy::name)
            .map(copies::list);
    LocalCopies disk = LocalCopies.on(layout.indexDisk());
    long needed = known.map(CopyList::bytes).orElse(0L) + room(wanted);
    try (Work work = disk.work(needed, "to build the index of family " + family.family())) {
      Path folder = work.folder().resolve("index");
      known.ifPresent(list -> disk.fill(copies, list, folder));
      IndexPlace place = IndexPlace.local(folder, layout.indexPatience());
      IndexVersion made = made(wanted, place, fragmentsOfDriver(place, family));
      LanceIndex.at(place, family.dim()).leaveOnly(made);
      return index(family, copies.publish(folder, known).path(), made);
    }
  }

  /** Whether the index of the release before says what is wanted, and finds enough. */
  private boolean isUnchanged(Wanted wanted) {
    return wanted
            .before()
            .flatMap(Family::recall)
            .filter(found -> found.isAtLeast(minRecall))
            .isPresent()
        && hasNoNews(wanted);
  }

  private boolean hasNoNews(Wanted wanted) {
    return wanted.base().filter(base -> base.catalogVersion() == wanted.version()).isPresent()
        && !newParts.areIn(catalog.rowsAt(wanted.version()), wanted.family());
  }

  /** Bytes that an index of all rows takes while it is built, generously. */
  private long room(Wanted wanted) {
    Column text =
        Stream.of(IndexColumns.TITLE, IndexColumns.EXCERPT, IndexColumns.URI, IndexColumns.WORDS)
            .map(name -> coalesce(octet_length(col(name)), lit(0)))
            .reduce(Column::plus)
            .orElseThrow();
    Row sum =
        wanted
            .rows()
            .of(catalog.rowsAt(wanted.version()))
            .agg(coalesce(sum(text), lit(0L)))
            .first();
    long row = (long) wanted.family().dim() * Float.BYTES + BYTES_OF_A_ROW;
    return BYTES_OF_AN_INDEX + TIMES * (wanted.expected() * row + sum.getLong(0));
  }

  private IndexVersion made(Wanted wanted, IndexPlace place, Fragments fragments) {
    IndexChange change =
        wanted.before().isPresent()
            ? change(wanted, fragments)
            : IndexChange.whole(
                releaseId,
                fragments.of(
                    wanted.rows().of(catalog.rowsAt(wanted.version())), wanted.expected()));
    IndexVersion made =
        LanceIndex.at(place, wanted.family().dim()).requiring(minRecall).commit(change);
    requireRows(place, wanted.expected(), made);
    return made;
  }

  private static Family index(FamilyEncoder family, String path, IndexVersion made) {
    return new Family(
        family.family(),
        family.modality(),
        family.encoder(),
        family.bundle(),
        family.bundleDigest(),
        family.dim(),
        path,
        made.version(),
        made.tag(),
        made.rows(),
        family.scope(),
        Optional.of(made.recall()));
  }

  /** The difference between two versions of the catalog, as far as this index shows it. */
  private IndexChange change(Wanted wanted, Fragments fragments) {
    FamilyEncoder family = wanted.family();
    IndexRows rows = wanted.rows();
    Family index = wanted.before().orElseThrow();
    Release base = wanted.base().orElseThrow();
    long version = wanted.version();
    if (hasNoNews(wanted)) {
      return IndexChange.since(index.lanceVersion(), releaseId, Set.of(), List.of())
          .measured(index.recall());
    }
    Dataset<Row> embedded = newParts.assets(catalog.rowsAt(version), family);
    Dataset<Row> touched = touched(base.catalogVersion(), version).union(embedded);
    try (KeptRows ids = KeptRows.of(touched);
        KeptRows before = KeptRows.of(only(catalog.rowsAt(base.catalogVersion()), ids.rows()));
        KeptRows now = KeptRows.of(only(catalog.rowsAt(version), ids.rows()));
        KeptRows written = KeptRows.of(written(rows, family, embedded, now, before));
        KeptRows added = KeptRows.of(rows.of(written.rows()))) {
      Set<String> removed =
          ids(rows.comparison(catalog.table()).vanished(before.rows(), now.rows()));
      removed.addAll(ids(only(before.rows(), written.rows().select("asset_id"))));
      return IndexChange.since(
              index.lanceVersion(),
              releaseId,
              removed,
              fragments.of(added.rows(), added.rows().count()))
          .measured(index.recall());
    }
  }

  /** Rows of the catalog whose rows in this index are others now. */
  private Dataset<Row> written(
      IndexRows rows, FamilyEncoder family, Dataset<Row> embedded, KeptRows now, KeptRows before) {
    Dataset<Row> differing = rows.comparison(catalog.table()).differing(now.rows(), before.rows());
    return newParts.mayBeIn(family)
        ? only(now.rows(), differing.select("asset_id").union(embedded))
        : differing;
  }

  /** Assets whose row is another; after a rollback the change feed may be gone already. */
  private Dataset<Row> touched(long before, long now) {
    if (before == now) {
      return catalog.rowsAt(now).select("asset_id").limit(0);
    }
    if (catalog.commitLog().remembersChanges(before, now)) {
      return catalog.changes(before, now).select("asset_id").distinct();
    }
    RowComparison comparison = new RowComparison(catalog.table(), Set.of());
    Dataset<Row> old = catalog.rowsAt(before);
    Dataset<Row> current = catalog.rowsAt(now);
    return comparison
        .differing(current, old)
        .select("asset_id")
        .union(comparison.vanished(old, current).select("asset_id"));
  }

  private static Dataset<Row> only(Dataset<Row> rows, Dataset<Row> ids) {
    return rows.join(ids, SparkColumns.using("asset_id"), "left_semi");
  }

  private static Set<String> ids(Dataset<Row> rows) {
    return new HashSet<>(rows.select("asset_id").as(Encoders.STRING()).collectAsList());
  }

  private static Fragments fragmentsOfExecutors(IndexPlace place, FamilyEncoder family) {
    return (rows, count) ->
        inOrder(rows, count, ROWS_OF_A_FRAGMENT)
            .mapPartitions(
                new LanceFragments(place, family.dim()), Encoders.row(LanceFragments.SCHEMA))
            .collectAsList()
            .stream()
            .map(row -> row.<byte[]>getAs(0))
            .toList();
  }

  private static Fragments fragmentsOfDriver(IndexPlace place, FamilyEncoder family) {
    return (rows, count) -> {
      Iterator<Row> all = inOrder(rows, count, ROWS_AT_THE_DRIVER).toLocalIterator();
      List<byte[]> fragments = new ArrayList<>();
      new LanceFragments(place, family.dim())
          .call(all)
          .forEachRemaining(row -> fragments.add(row.getAs(0)));
      return fragments;
    };
  }

  private static Dataset<Row> inOrder(Dataset<Row> rows, long count, long rowsOfATask) {
    int tasks = (int) Math.max(1, (count + rowsOfATask - 1) / rowsOfATask);
    return rows.repartition(tasks, col("asset_id")).sortWithinPartitions("asset_id", "segment");
  }

  private Configuration hadoop() {
    return catalog.spark().sessionState().newHadoopConf();
  }

  private static void requireRows(IndexPlace place, long expected, IndexVersion made) {
    if (made.rows() != expected) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Cannot release version %d of index %s: expected %d rows but found %d. Readers still see"
              + " the last release. Make it anew with 'lakehouse publish --rebuild'",
          made.version(),
          place,
          expected,
          made.rows());
    }
  }
}
