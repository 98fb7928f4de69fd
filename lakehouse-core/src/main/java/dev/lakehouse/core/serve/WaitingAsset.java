// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.Values;
import java.util.Comparator;
import java.util.List;

/**
 * An asset that waits for a reviewer, as the newest judgement has it.
 *
 * @param assetId the asset
 * @param sourceUri where it came from
 * @param sha256 digest of the content that was judged
 * @param reasons why it waits
 * @param rules names of the rules that it tripped
 */
record WaitingAsset(
    String assetId, String sourceUri, String sha256, List<String> reasons, List<String> rules) {
  /** Columns of a verdict that it is made of. */
  static final List<String> COLUMNS =
      List.of("asset_id", "source_uri", "sha256", "reasons", "rules");

  /** By place, as {@code review list} shows them. */
  static final Comparator<WaitingAsset> ORDER =
      Comparator.comparing(WaitingAsset::sourceUri).thenComparing(WaitingAsset::assetId);

  public WaitingAsset {
    reasons = List.copyOf(reasons);
    rules = List.copyOf(rules);
  }

  static WaitingAsset of(Values verdict) {
    return new WaitingAsset(
        verdict.require("asset_id", String.class),
        verdict.require("source_uri", String.class),
        verdict.require("sha256", String.class),
        texts(verdict, "reasons"),
        texts(verdict, "rules"));
  }

  private static List<String> texts(Values verdict, String column) {
    List<?> list = verdict.require(column, List.class);
    return list.stream().map(String::valueOf).toList();
  }
}
