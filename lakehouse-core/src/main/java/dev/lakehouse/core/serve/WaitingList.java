// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.LakeReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Everything that waits after one judgement, by place; of very many the first. */
final class WaitingList {
  /** Some tens of megabytes; what is behind comes up once these are judged. */
  private static final int MOST = 50_000;

  private final NavigableSet<WaitingAsset> inOrder = new TreeSet<>(WaitingAsset.ORDER);
  private final Map<String, WaitingAsset> byId = new HashMap<>();
  private final long count;

  private WaitingList(LakeReader lake) {
    List<String> columns = new ArrayList<>(WaitingAsset.COLUMNS);
    columns.add("verdict_status");
    long[] seen = {0};
    lake.forEach(
        Tables.VERDICTS,
        columns,
        row -> {
          if (row.text("verdict_status").filter("review"::equals).isPresent()) {
            seen[0]++;
            inOrder.add(WaitingAsset.of(row));
            if (inOrder.size() > MOST) {
              inOrder.pollLast();
            }
          }
        });
    inOrder.forEach(asset -> byId.put(asset.assetId(), asset));
    this.count = seen[0];
  }

  /** Goes through the verdicts once. */
  static WaitingList of(LakeReader lake) {
    return new WaitingList(lake);
  }

  /** How many wait, those that are not kept here too. */
  long count() {
    return count;
  }

  Optional<WaitingAsset> find(String assetId) {
    return Optional.ofNullable(byId.get(assetId));
  }

  Collection<WaitingAsset> all() {
    return inOrder;
  }

  /** Those behind a place in the order, whether something still waits there or not. */
  Collection<WaitingAsset> after(Cursor cursor) {
    return inOrder.tailSet(
        new WaitingAsset(cursor.assetId(), cursor.sourceUri(), "", List.of(), List.of()), false);
  }

  /**
   * A place in the order.
   *
   * @param sourceUri of the last one before it
   * @param assetId of the same
   */
  record Cursor(String sourceUri, String assetId) {
    static Cursor of(WaitingAsset asset) {
      return new Cursor(asset.sourceUri(), asset.assetId());
    }
  }
}
