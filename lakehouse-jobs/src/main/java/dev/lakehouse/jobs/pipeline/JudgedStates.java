// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.jobs.curate.ReasonCount;
import dev.lakehouse.jobs.curate.ReasonCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many judged assets are where, in the states that {@code status} has too: what fails because
 * it cannot be read is a dead letter, and what fails because another is kept in its place a
 * duplicate.
 *
 * @param statuses by verdict
 * @param states by state, each asset in one
 * @param reasons most frequent first; an asset with several counts under each of them
 */
record JudgedStates(
    Map<String, Long> statuses, Map<String, Long> states, List<ReasonCount> reasons) {
  static final List<String> STATES =
      List.of("dead_letter", "failed", "duplicate", "review", "pending", "passed");

  private static final String STATE =
      "CASE WHEN verdict_status = 'pass' THEN 'passed' WHEN verdict_status <> 'fail'"
          + " THEN verdict_status WHEN keeper IS NOT NULL THEN 'duplicate'"
          + " WHEN arrays_overlap(rules, array('content-is-whole', 'captions-are-whole'))"
          + " THEN 'dead_letter' ELSE 'failed' END";

  /** Counts rows of {@code verdicts}. */
  static JudgedStates of(Dataset<Row> verdicts) {
    Map<String, Long> statuses = new TreeMap<>();
    Map<String, Long> states = new LinkedHashMap<>();
    STATES.forEach(state -> states.put(state, 0L));
    ReasonCounts reasons = new ReasonCounts();
    for (Row row :
        verdicts
            .selectExpr("verdict_status", STATE + " AS state", "reasons")
            .groupBy("verdict_status", "state", "reasons")
            .count()
            .collectAsList()) {
      statuses.merge(row.getString(0), row.getLong(3), Long::sum);
      states.merge(row.getString(1), row.getLong(3), Long::sum);
      reasons.add(row.getString(1), row.getList(2), row.getLong(3));
    }
    return new JudgedStates(statuses, states, reasons.mostFrequentFirst());
  }
}
