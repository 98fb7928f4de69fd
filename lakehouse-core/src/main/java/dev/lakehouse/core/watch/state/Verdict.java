// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.LakeReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the newest judgement says of an asset.
 *
 * @param status pass, fail, review or pending
 * @param reasons codes of what stands against it
 * @param copy whether another is kept in its place
 */
record Verdict(String status, List<String> reasons, boolean copy) {
  private static final List<String> COLUMNS =
      List.of("asset_id", "verdict_status", "reasons", "keeper");

  /** The verdicts of a lake by asset; the same words are kept once. */
  static Map<String, Verdict> all(LakeReader lake) {
    Map<Verdict, Verdict> distinct = new HashMap<>();
    Map<String, Verdict> verdicts = new HashMap<>();
    lake.forEach(
        Tables.VERDICTS,
        COLUMNS,
        row -> {
          Verdict verdict = of(row);
          verdicts.put(
              row.require("asset_id", String.class),
              distinct.computeIfAbsent(verdict, each -> each));
        });
    return verdicts;
  }

  private static Verdict of(Values row) {
    List<?> reasons = row.require("reasons", List.class);
    return new Verdict(
        row.require("verdict_status", String.class),
        reasons.stream().map(String::valueOf).toList(),
        row.find("keeper").isPresent());
  }

  boolean passes() {
    return status.equals("pass");
  }

  ItemState state() {
    return switch (status) {
      case "fail" -> copy ? ItemState.DUPLICATE : ItemState.FAILED;
      case "review" -> ItemState.REVIEW;
      default -> ItemState.PENDING;
    };
  }
}
