// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.curate.ReasonCount;
import dev.lakehouse.jobs.curate.ReasonCounts;
import dev.lakehouse.jobs.lake.LakeTable;
import dev.lakehouse.jobs.lake.LakeTables;
import dev.lakehouse.jobs.lake.ReleaseFamilies;
import dev.lakehouse.jobs.lake.ReleaseLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Where a lake stands.
 *
 * @param seen items that sources offered
 * @param states items in each state; they add up to {@code seen}
 * @param reasons why items are not published, most frequent first; an item with several counts
 *     under each of them
 * @param tables version of each table that exists
 * @param releases every release, oldest first
 * @param familiesOff families whose vectors nobody asks for or can make, and why
 */
public record LakeStatus(
    long seen,
    Map<String, Long> states,
    List<ReasonCount> reasons,
    Map<String, Long> tables,
    List<Release> releases,
    List<String> familiesOff) {

  /** Every state, in the order in which the first that matches counts. */
  public static final List<String> STATES =
      List.of("dead_letter", "failed", "duplicate", "review", "pending", "published");

  /** Counts over the items of a lake. */
  public static LakeStatus of(LakeTables tables, ReleaseFamilies families, List<Release> releases) {
    List<Row> counted =
        new ItemStates(tables, DeadLetters.of(tables, families), ReleaseLog.current(releases))
            .rows()
            .groupBy("state", "reasons")
            .count()
            .collectAsList();
    Map<String, Long> states = new LinkedHashMap<>();
    STATES.forEach(state -> states.put(state, 0L));
    ReasonCounts reasons = new ReasonCounts();
    for (Row row : counted) {
      states.merge(row.getString(0), row.getLong(2), Long::sum);
      reasons.add(row.getString(0), row.getList(1), row.getLong(2));
    }
    long seen = states.values().stream().mapToLong(Long::longValue).sum();
    return new LakeStatus(
        seen, states, reasons.mostFrequentFirst(), versions(tables), releases, families.off());
  }

  private static Map<String, Long> versions(LakeTables tables) {
    Map<String, Long> versions = new LinkedHashMap<>();
    for (Table table : Tables.ALL) {
      long version = tables.table(table).version();
      if (version != LakeTable.ABSENT) {
        versions.put(table.name(), version);
      }
    }
    return versions;
  }
}
