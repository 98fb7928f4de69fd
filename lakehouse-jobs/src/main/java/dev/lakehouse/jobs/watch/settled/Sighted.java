// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch.settled;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.content.intake.ItemMark;
import dev.lakehouse.core.lake.LakeReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a lake has of a source.
 *
 * @param marks in which state the files of assets were read, of those that may be left unread, by
 *     key
 * @param assets how many there are, whether they have a mark or not
 * @param letters of what could not be taken, as {@link #letter} writes them
 */
record Sighted(Map<String, String> marks, int assets, Set<String> letters) {

  /** Of an asset what says which item it is, and which run made it so. */
  private record Asset(String key, String run) {}

  /** Whether an item would become the asset again that it became. */
  boolean hasMark(SourceItem item, ItemMark now) {
    String mark = marks.get(item.key());
    return mark != null && now.now(item).filter(mark::equals).isPresent();
  }

  /** Whether an item that its source cannot offer is a dead letter for the same reason. */
  boolean hasLetter(SourceItem item) {
    return item.offer() instanceof Offer.Refused why
        && letters.contains(letter(item.sourceUri(), item.key(), why.code().name(), why.message()));
  }

  private static String letter(String place, String key, String code, String message) {
    return String.join("\n", place, key, code, message);
  }

  /**
   * What there is; empty where there is too much.
   *
   * @param most assets, and dead letters, that are held in memory
   */
  static Optional<Sighted> of(LakeReader lake, String source, int most) {
    Set<String> letters = letters(lake, source, most);
    Map<String, Asset> assets = assets(lake, source, most);
    return letters.size() > most || assets.size() > most
        ? Optional.empty()
        : Optional.of(new Sighted(marks(lake, assets), assets.size(), letters));
  }

  private static Set<String> letters(LakeReader lake, String source, int most) {
    Set<String> letters = new HashSet<>();
    lake.forEach(
        Tables.DEAD_LETTERS,
        List.of("source", "source_uri", "key", "error_code", "error_message"),
        row -> {
          if (says(row, "source", source) && letters.size() <= most) {
            letters.add(
                letter(
                    text(row, "source_uri"),
                    text(row, "key"),
                    text(row, "error_code"),
                    text(row, "error_message")));
          }
        });
    return letters;
  }

  private static Map<String, Asset> assets(LakeReader lake, String source, int most) {
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
    return assets;
  }

  private static Map<String, String> marks(LakeReader lake, Map<String, Asset> assets) {
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
    return marks;
  }

  private static boolean says(Values row, String column, String text) {
    return row.text(column).filter(text::equals).isPresent();
  }

  private static String text(Values row, String column) {
    return row.require(column, String.class);
  }
}
