// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.index.IndexChange;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexVersion;
import dev.lakehouse.core.lake.index.LanceIndex;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.RowComparison;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.lake.LanceFragments;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Brings the index of a family to what a version of the catalog says. */
final class IndexWriter {
  private static final long ROWS_OF_A_FRAGMENT = 100_000;

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
   * @throws LakehouseException INTEGRITY if it does not hold what it must, or finds too little
   */
  Optional<Family> write(
      FamilyEncoder family, Dataset<Row> embeddings, long version, Optional<Release> base) {
    IndexRows rows = new IndexRows(family, embeddings);
    long expected = rows.of(catalog.rowsAt(version)).count();
    String path = IndexPlace.path(family.family(), family.encoder());
    Optional<Family> before =
        base.flatMap(release -> release.family(family.family()))
            .filter(index -> index.encoder().equals(family.encoder()))
            .filter(index -> index.scope().parts().equals(family.scope().parts()))
            .filter(index -> index.path().equals(path)); // else of rows with fewer columns
    if (expected == 0 && before.isEmpty()) {
      return Optional.empty();
    }
    IndexPlace place = IndexPlace.of(layout, path, catalog.spark().sessionState().newHadoopConf());
    IndexChange change =
        before.isPresent()
            ? change(rows, place, family, before.get(), base.orElseThrow(), version)
            : IndexChange.whole(
                releaseId, fragments(rows.of(catalog.rowsAt(version)), expected, place, family));
    IndexVersion made = LanceIndex.at(place, family.dim()).requiring(minRecall).commit(change);
    requireRows(place, expected, made);
    return Optional.of(
        new Family(
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
            Optional.of(made.recall())));
  }

  /** The difference between two versions of the catalog, as far as this index shows it. */
  private IndexChange change(
      IndexRows rows,
      IndexPlace place,
      FamilyEncoder family,
      Family index,
      Release base,
      long version) {
    if (base.catalogVersion() == version && !newParts.areIn(catalog.rowsAt(version), family)) {
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
              fragments(added.rows(), added.rows().count(), place, family))
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

  private static List<byte[]> fragments(
      Dataset<Row> rows, long count, IndexPlace place, FamilyEncoder family) {
    int tasks = (int) Math.max(1, (count + ROWS_OF_A_FRAGMENT - 1) / ROWS_OF_A_FRAGMENT);
    return rows
        .repartition(tasks, col("asset_id"))
        .sortWithinPartitions("asset_id", "segment")
        .mapPartitions(new LanceFragments(place, family.dim()), Encoders.row(LanceFragments.SCHEMA))
        .collectAsList()
        .stream()
        .map(row -> row.<byte[]>getAs(0))
        .toList();
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
