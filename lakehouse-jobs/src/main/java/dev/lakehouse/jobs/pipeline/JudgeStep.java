// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.curate.JudgeStage;
import dev.lakehouse.jobs.curate.Judgement;
import dev.lakehouse.jobs.curate.JudgementDifference;
import dev.lakehouse.jobs.curate.RuleCheck;
import dev.lakehouse.jobs.lake.CommitNote;
import dev.lakehouse.jobs.lake.LakeTable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges the corpus and keeps the verdicts.
 *
 * <p>Verdicts are written first and what passed second, both under the name of the judgement;
 * publish refuses a pair that does not agree, and judging again completes it.
 */
public final class JudgeStep {
  private static final String NAME = "judge";
  private static final String JUDGEMENT = "judgement";
  private static final String POLICY = "policy";

  private final LakeContext context;
  private final PolicyFiles policies;

  public JudgeStep(LakeContext context, PolicyFiles policies) {
    this.context = context;
    this.policies = policies;
  }

  /**
   * Judges; commits nothing where the same was judged by the same policy.
   *
   * @param scope {@link Scope#ALL} to judge all the same
   * @throws dev.lakehouse.core.LakehouseException if a rule of the policy is unsound
   */
  public JudgeResult run(Policy policy, Scope scope) {
    RuleCheck.requireSound(context.spark(), policy);
    policies.keep(policy);
    Map<String, Long> inputs =
        context.versions(Tables.ASSETS, Tables.MEASUREMENTS, Tables.DUPLICATES, Tables.DECISIONS);
    String id = JudgeStage.judgementId(policy, inputs);
    JudgementDifference difference =
        scope == Scope.CHANGED && isKept(id)
            ? JudgementDifference.none()
            : judge(policy, inputs, id);
    return new JudgeResult(id, policy.name(), policy.digest(), statuses(), difference);
  }

  private boolean isKept(String id) {
    return isKept(context.table(Tables.VERDICTS), id) && isKept(context.table(Tables.FILTERED), id);
  }

  private static boolean isKept(LakeTable table, String id) {
    return isLast(table, id) && table.foreignVersions().isEmpty();
  }

  private static boolean isLast(LakeTable table, String id) {
    return table
        .lastNote(NAME)
        .flatMap(note -> note.find(JUDGEMENT))
        .filter(id::equals)
        .isPresent();
  }

  private JudgementDifference judge(Policy policy, Map<String, Long> inputs, String id) {
    Judgement judgement =
        new JudgeStage(policy, inputs)
            .apply(
                context.rowsAt(Tables.ASSETS, inputs),
                context.rowsAt(Tables.MEASUREMENTS, inputs),
                context.rowsAt(Tables.DUPLICATES, inputs),
                context.rowsAt(Tables.DECISIONS, inputs));
    LakeTable verdicts = context.table(Tables.VERDICTS);
    Dataset<Row> before = verdicts.rows();
    verdicts.replace(judgement.verdicts(), note(policy, inputs, id));
    context
        .table(Tables.FILTERED)
        .replace(judgement.filteredBy(verdicts.rows()), note(policy, inputs, id));
    return JudgementDifference.between(before, verdicts.rows());
  }

  private CommitNote note(Policy policy, Map<String, Long> inputs, String id) {
    return CommitNote.of(context.run().id(), NAME)
        .from(inputs)
        .mark(JUDGEMENT, id)
        .mark(POLICY, policy.digest());
  }

  private Map<String, Long> statuses() {
    Map<String, Long> statuses = new TreeMap<>();
    context
        .table(Tables.VERDICTS)
        .rows()
        .groupBy("verdict_status")
        .count()
        .collectAsList()
        .forEach(row -> statuses.put(row.getString(0), row.getLong(1)));
    return statuses;
  }
}
