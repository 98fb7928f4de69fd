// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads the releases of a lake; starts no Spark. */
public final class ReleaseReader {

  private ReleaseReader() {}

  /**
   * The release that readers start from: of those not withdrawn, the one with the highest sequence.
   *
   * @throws LakehouseException if there is no lake
   */
  public static Optional<Release> current(LakeLayout layout, Configuration hadoop) {
    return Release.current(all(layout, hadoop));
  }

  /**
   * Every release, withdrawn ones too, oldest first; none before the first publish.
   *
   * @throws LakehouseException if there is no lake
   */
  public static List<Release> all(LakeLayout layout, Configuration hadoop) {
    return DeltaTable.of(layout, Tables.RELEASES, hadoop)
        .rows()
        .orElseGet(
            () -> {
              requireLake(layout, hadoop);
              return List.of();
            })
        .stream()
        .map(Release::fromValues)
        .sorted(Comparator.comparingLong(Release::sequence))
        .toList();
  }

  /** What a release publishes and no family of it can search, with the remedy; empty if nothing. */
  public static Optional<String> unsearchable(
      LakeLayout layout, Release release, Configuration hadoop) {
    return SearchGap.sentence(release, layout, hadoop);
  }

  /** How many assets of each modality a release publishes. */
  static Map<String, Long> modalities(LakeLayout layout, Release release, Configuration hadoop) {
    Map<String, Long> counts = new TreeMap<>();
    DeltaTable.of(layout, CatalogTable.FIRST, hadoop)
        .at(release.catalogVersion())
        .ifPresent(
            catalog ->
                catalog.forEach(
                    List.of("modality"),
                    row -> counts.merge(row.require("modality", String.class), 1L, Long::sum)));
    return counts;
  }

  /** A lake without releases is young; a place without tables is no lake. */
  private static void requireLake(LakeLayout layout, Configuration hadoop) {
    Path tables = new Path(layout.tables());
    try {
      if (!tables.getFileSystem(hadoop).exists(tables)) {
        throw LakehouseException.lakeMissing(layout.root());
      }
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot look for a lake at %s: %s", tables, e.getMessage());
    }
  }
}
