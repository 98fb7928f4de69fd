// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.LakeLayout;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What becomes of the assets that passed.
 *
 * @param published fit to be in the release
 * @param pending waiting for a vector
 * @param dead without one for good
 */
record Fates(long published, long pending, long dead) {

  /** Counts rows by the fates that {@link CatalogRows} found. */
  static Fates of(Dataset<Row> rows) {
    Map<String, Long> counts = new HashMap<>();
    rows.groupBy(CatalogRows.FATE)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return new Fates(
        counts.getOrDefault(CatalogRows.PUBLISH, 0L),
        counts.getOrDefault(CatalogRows.PENDING, 0L),
        counts.getOrDefault(CatalogRows.DEAD, 0L));
  }

  /**
   * Refuses a release of fewer rows than asked for.
   *
   * @throws LakehouseException NOTHING_FIT
   */
  void requireEnough(LakeLayout layout, PublishOptions options) {
    if (published < options.minPublished()) {
      throw LakehouseException.of(
          ErrorCode.NOTHING_FIT,
          "Nothing was published in %s: expected at least %d rows but only %d are fit (%d wait for a"
              + " vector, %d cannot have one). 'lakehouse status' says why; readers still see the"
              + " last release",
          layout.root(),
          options.minPublished(),
          published,
          pending,
          dead);
    }
  }
}
