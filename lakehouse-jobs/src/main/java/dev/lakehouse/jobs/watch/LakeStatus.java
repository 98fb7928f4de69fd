// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.LakeTable;
import dev.lakehouse.jobs.lake.LakeTables;
import dev.lakehouse.jobs.lake.ReleaseFamilies;
import dev.lakehouse.jobs.lake.ReleaseLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Where a lake stands.
 *
 * @param seen items that sources offered
 * @param states items in each state; they add up to {@code seen}
 * @param reasons why items are not published, most frequent first
 * @param tables version of each table that exists
 * @param releases every release, oldest first
 * @param familiesOff families whose vectors nobody asks for or can make, and why
 */
public record LakeStatus(
    long seen,
    Map<String, Long> states,
    List<Reason> reasons,
    Map<String, Long> tables,
    List<Release> releases,
    List<String> familiesOff) {

  /** Every state, in the order in which the first that matches counts. */
  public static final List<String> STATES =
      List.of("dead_letter", "failed", "duplicate", "review", "pending", "published");

  /**
   * One reason.
   *
   * @param state of the items
   * @param reason stable code
   * @param count items
   */
  public record Reason(String state, String reason, long count) {}

  /** Counts over the items of a lake. */
  public static LakeStatus of(LakeTables tables, ReleaseFamilies families, List<Release> releases) {
    List<Row> counted =
        new ItemStates(tables, DeadLetters.of(tables, families), ReleaseLog.current(releases))
            .rows()
            .groupBy("state", "reason")
            .count()
            .orderBy(col("count").desc(), col("state"), col("reason"))
            .collectAsList();
    Map<String, Long> states = new LinkedHashMap<>();
    STATES.forEach(state -> states.put(state, 0L));
    List<Reason> reasons = new ArrayList<>();
    for (Row row : counted) {
      states.merge(row.getString(0), row.getLong(2), Long::sum);
      if (!row.getString(1).isEmpty()) {
        reasons.add(new Reason(row.getString(0), row.getString(1), row.getLong(2)));
      }
    }
    long seen = states.values().stream().mapToLong(Long::longValue).sum();
    return new LakeStatus(seen, states, reasons, versions(tables), releases, families.off());
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
