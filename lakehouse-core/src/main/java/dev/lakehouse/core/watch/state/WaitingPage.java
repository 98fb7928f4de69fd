// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.LakeReader;
import java.util.List;

/**
 * Some of the assets that wait for a reviewer.
 *
 * @param count how many wait
 * @param waiting the first of them by place
 */
public record WaitingPage(long count, List<Waiting> waiting) {

  /**
   * An asset that waits.
   *
   * @param assetId the asset
   * @param sourceUri where it came from
   * @param reasons why it waits
   */
  public record Waiting(String assetId, String sourceUri, List<String> reasons) {
    public Waiting {
      reasons = List.copyOf(reasons);
    }

    private static Waiting of(Values verdict) {
      List<?> reasons = verdict.require("reasons", List.class);
      return new Waiting(
          verdict.require("asset_id", String.class),
          verdict.require("source_uri", String.class),
          reasons.stream().map(String::valueOf).toList());
    }
  }

  public WaitingPage {
    waiting = List.copyOf(waiting);
  }

  static WaitingPage of(LakeReader lake, int limit) {
    FirstRows<Waiting> first = new FirstRows<>(List.of("source_uri", "asset_id"), limit);
    lake.forEach(
        Tables.VERDICTS,
        List.of("asset_id", "source_uri", "verdict_status", "reasons"),
        row -> {
          if (row.text("verdict_status").filter("review"::equals).isPresent()) {
            first.offer(row, Waiting.of(row));
          }
        });
    return new WaitingPage(first.count(), first.inOrder());
  }
}
