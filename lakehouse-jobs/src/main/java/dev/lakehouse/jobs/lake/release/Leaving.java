// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.release.PublishOptions.Mode;
import dev.lakehouse.udfs.SparkColumns;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How much of what readers see a release would take from them. A policy or a source gone wrong
 * empties a catalog without an error anywhere else.
 *
 * @param published assets of the current release
 * @param leaving those of them that the next lacks; where these are many, less those whose content
 *     stays as another asset
 */
record Leaving(long published, long leaving) {

  /**
   * Counts.
   *
   * @param wanted rows of the catalog as it is to be
   * @param fit how many these are
   */
  static Leaving of(
      LakeTable catalog,
      Optional<Release> current,
      PublishOptions options,
      Dataset<Row> wanted,
      long fit) {
    if (current.isEmpty()) {
      return new Leaving(0, 0);
    }
    long published = current.get().published();
    if (options.mode() == Mode.REBUILD) { // the catalog of before may be what is damaged
      return new Leaving(published, Math.max(0, published - fit));
    }
    Dataset<Row> gone =
        catalog
            .rowsAt(current.get().catalogVersion())
            .select("asset_id", "sha256")
            .join(wanted.select("asset_id"), SparkColumns.using("asset_id"), "left_anti");
    Leaving most = new Leaving(published, gone.count());
    return most.isFew(options)
        ? most
        : new Leaving(
            published,
            gone.join(wanted.select("sha256"), SparkColumns.using("sha256"), "left_anti").count());
  }

  private boolean isFew(PublishOptions options) {
    return leaving <= options.maxLeaving() * published;
  }

  /**
   * Refuses a release that drops more than is allowed.
   *
   * @throws LakehouseException NOTHING_FIT
   */
  void requireFew(LakeLayout layout, PublishOptions options) {
    if (!isFew(options)) {
      throw LakehouseException.of(
          ErrorCode.NOTHING_FIT,
          "Nothing was published in %s: %,d of the %,d published assets (%s) would leave, and"
              + " lakehouse.publish.max-leaving allows %s. Readers still see the last release."
              + " 'lakehouse status' says why they would; if it is meant, repeat with"
              + " --allow-leaving",
          layout.root(),
          leaving,
          published,
          percent((double) leaving / published),
          percent(options.maxLeaving()));
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
