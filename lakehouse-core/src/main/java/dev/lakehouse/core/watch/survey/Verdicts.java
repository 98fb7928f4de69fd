// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.LakeReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a judgement says of every asset, and which rules caught how many. */
final class Verdicts {
  /** What is said of many assets alike, and kept once. */
  private record Said(boolean passes, List<String> reasons) {}

  private final Map<String, Said> said = new HashMap<>();
  private final Map<String, String> keepers = new HashMap<>(); // by copy
  private final Map<String, Long> tripped = new HashMap<>(); // by rule
  private final Map<String, Nearest> examples = new HashMap<>(); // by rule
  private final Map<Said, Said> distinct = new HashMap<>();
  private final int examplesOfEach;

  /**
   * None yet.
   *
   * @param examplesOfEach assets to name for each rule
   */
  Verdicts(int examplesOfEach) {
    this.examplesOfEach = examplesOfEach;
  }

  /** Reads them. */
  static Verdicts of(LakeReader lake, int examplesOfEach) {
    Verdicts verdicts = new Verdicts(examplesOfEach);
    lake.forEach(
        Tables.VERDICTS,
        List.of("asset_id", "verdict_status", "reasons", "rules", "keeper"),
        verdicts::add);
    return verdicts;
  }

  /** Hears of one. */
  void add(Values row) {
    String id = row.require("asset_id", String.class);
    List<String> reasons = strings(row, "reasons");
    Said verdict = new Said(passes(row), reasons);
    said.put(id, distinct.computeIfAbsent(verdict, each -> each));
    row.text("keeper").ifPresent(keeper -> keepers.put(id, keeper));
    for (String rule : strings(row, "rules")) {
      tripped.merge(rule, 1L, Long::sum);
      examples
          .computeIfAbsent(rule, each -> new Nearest(examplesOfEach))
          .offer(0, id, String.join(", ", reasons));
    }
  }

  /** The assets that passed at a version of the table. */
  static Set<String> passedAt(LakeReader lake, long version) {
    Set<String> passed = new java.util.HashSet<>();
    lake.forEachAt(
        Tables.VERDICTS,
        version,
        List.of("asset_id", "verdict_status"),
        row -> {
          if (passes(row)) {
            passed.add(row.require("asset_id", String.class));
          }
        });
    return passed;
  }

  private static boolean passes(Values row) {
    return row.require("verdict_status", String.class).equals("pass");
  }

  private static List<String> strings(Values row, String column) {
    List<?> values = row.require(column, List.class);
    return values.stream().map(String::valueOf).toList();
  }

  /** Every asset that was judged. */
  Set<String> assets() {
    return said.keySet();
  }

  boolean passes(String assetId) {
    return Optional.ofNullable(said.get(assetId)).map(Said::passes).orElse(false);
  }

  /** Why an asset does not pass; empty where no verdict is there. */
  Optional<List<String>> reasons(String assetId) {
    return Optional.ofNullable(said.get(assetId)).map(Said::reasons);
  }

  /** The asset that is kept in place of a copy. */
  Optional<String> keeper(String copy) {
    return Optional.ofNullable(keepers.get(copy));
  }

  /** How many assets each rule caught; those that caught none are left out. */
  Map<String, Long> tripped() {
    return Map.copyOf(tripped);
  }

  long tripped(String rule) {
    return tripped.getOrDefault(rule, 0L);
  }

  List<Nearest.Pick> examples(String rule) {
    return Optional.ofNullable(examples.get(rule)).map(Nearest::inOrder).orElse(List.of());
  }
}
