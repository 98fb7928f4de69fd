// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch.settled;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.LakeReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The assets of a source, and in which state the files of those that may be left unread were read.
 *
 * @param marks of those that have one, by key
 * @param assets of the source, whether they have one or not
 */
record Sighted(Map<String, String> marks, int assets) {

  /** Of an asset what says which item it is, and which run made it so. */
  private record Asset(String key, String run) {}

  /** The mark of an item. */
  Optional<String> mark(String key) {
    return Optional.ofNullable(marks.get(key));
  }

  /**
   * Those of a source; empty where there are too many, or some of its items could not be taken the
   * last time, so that they are to be read again.
   *
   * @param most assets that are held in memory
   */
  static Optional<Sighted> of(LakeReader lake, String source, int most) {
    if (isAnyRefused(lake, source)) {
      return Optional.empty();
    }
    Map<String, Asset> assets = new HashMap<>();
    lake.forEach(
        Tables.ASSETS,
        List.of("asset_id", "source", "key", "state", "last_run"),
        row -> {
          if (says(row, "source", source)
              && says(row, "state", "active")
              && assets.size() <= most) {
            assets.put(text(row, "asset_id"), new Asset(text(row, "key"), text(row, "last_run")));
          }
        });
    if (assets.size() > most) {
      return Optional.empty();
    }
    Map<String, String> marks = new HashMap<>();
    lake.forEach(
        Tables.SIGHTINGS,
        Tables.SIGHTINGS.names(),
        row -> {
          Asset asset = assets.get(text(row, "asset_id"));
          if (asset != null && says(row, "asset_run", asset.run())) {
            marks.put(asset.key(), text(row, "mark"));
          }
        });
    return Optional.of(new Sighted(marks, assets.size()));
  }

  private static boolean isAnyRefused(LakeReader lake, String source) {
    boolean[] any = new boolean[1];
    lake.forEach(
        Tables.DEAD_LETTERS, List.of("source"), row -> any[0] |= says(row, "source", source));
    return any[0];
  }

  private static boolean says(Values row, String column, String text) {
    return row.text(column).filter(text::equals).isPresent();
  }

  private static String text(Values row, String column) {
    return row.require(column, String.class);
  }
}
