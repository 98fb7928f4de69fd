// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.proof;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.DeltaTable;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexReader;
import dev.lakehouse.core.lake.index.RowCursor;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Reads the current release as a reader would: the catalog and the indexes that it names. */
public final class ReleasedRows {
  private final LakeLayout layout;
  private final Configuration hadoop;

  public ReleasedRows(LakeLayout layout, Configuration hadoop) {
    this.layout = layout;
    this.hadoop = hadoop;
  }

  /**
   * Reads every row of the current release.
   *
   * @return the release, if there is one
   * @throws LakehouseException if anything that it names is not there in full
   */
  public Optional<Release> requireWhole() {
    Optional<Release> current = ReleaseReader.current(layout, hadoop);
    current.ifPresent(this::requireWhole);
    return current;
  }

  private void requireWhole(Release release) {
    long rows =
        DeltaTable.of(layout, CatalogTable.FIRST, hadoop)
            .rowsAt(release.catalogVersion())
            .map(List::size)
            .orElse(0);
    require(release, "catalog", release.published(), rows);
    for (Family family : release.families()) {
      IndexPlace place = IndexPlace.of(layout, family.path(), hadoop);
      try (IndexReader index = IndexReader.open(place, family.lanceVersion())) {
        require(release, "index " + family.name(), family.rows(), segments(index));
      }
    }
  }

  private static long segments(IndexReader index) {
    long segments = 0;
    try (RowCursor rows = index.rows(List.of(IndexColumns.ASSET_ID, IndexColumns.VECTOR))) {
      for (; rows.hasNext(); rows.next()) {
        segments++;
      }
    }
    return segments;
  }

  private static void require(Release release, String part, long expected, long found) {
    if (expected != found) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Release %d is not whole: expected %d rows in its %s but found %d. Run 'lakehouse audit'",
          release.sequence(),
          expected,
          part,
          found);
    }
  }
}
