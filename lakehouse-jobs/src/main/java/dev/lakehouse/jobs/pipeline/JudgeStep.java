// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.speech.SpeechModel;
import dev.lakehouse.core.curate.JudgementBasis;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.Kept.KeptPolicy;
import dev.lakehouse.jobs.curate.JudgeStage;
import dev.lakehouse.jobs.curate.Judgement;
import dev.lakehouse.jobs.curate.JudgementDifference;
import dev.lakehouse.jobs.curate.JudgementRule;
import dev.lakehouse.jobs.curate.RuleCheck;
import dev.lakehouse.jobs.derive.Derived;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.release.Publication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Judges the corpus and keeps the verdicts.
 *
 * <p>Verdicts are written first and what passed second, both under the name of the judgement;
 * publish refuses a pair that does not agree, and judging again completes it.
 */
public final class JudgeStep {
  private static final Table[] INPUTS = {
    Tables.ASSETS, Tables.DERIVED, Kinds.MEASUREMENTS, Tables.DUPLICATES, Tables.DECISIONS
  };

  static final String NAME = "judge";
  private static final String JUDGEMENT = "judgement";
  static final String POLICY = "policy";

  private final LakeContext context;
  private final PolicyFiles policies;
  private final List<String> derivers;
  private final Optional<SpeechModel> speech;
  private final Probes probes;
  private final String basis;

  public JudgeStep(LakeContext context, PolicyFiles policies) {
    this.context = context;
    this.policies = policies;
    this.derivers = context.derivers().names();
    this.speech = context.speech();
    this.probes = Kinds.probes(speech);
    this.basis = JudgementBasis.of(probes, derivers).digest();
  }

  /**
   * Judges; commits nothing where the same was judged by the same policy.
   *
   * @param scope {@link Scope#ALL} to judge all the same
   * @throws dev.lakehouse.core.LakehouseException if a rule of the policy is unsound
   */
  public JudgeResult run(Policy policy, Scope scope) {
    accept(policy);
    Map<String, Long> inputs = context.versions(INPUTS);
    String id = context.judgedFrom(inputs).id(policy, JudgementRule.NOW, basis);
    JudgementDifference difference =
        scope == Scope.CHANGED && isKept(id)
            ? JudgementDifference.none()
            : judge(policy, inputs, note(policy, inputs, id, scope), id);
    JudgedStates counted = JudgedStates.of(context.table(Tables.VERDICTS).rows());
    return new JudgeResult(
        id,
        policy.name(),
        policy.digest(),
        counted.statuses(),
        counted.states(),
        counted.reasons(),
        difference);
  }

  /**
   * Puts a policy in force, after saying which one it replaces.
   *
   * @throws dev.lakehouse.core.LakehouseException if a rule of it is unsound
   */
  public void accept(Policy policy) {
    RuleCheck.requireSound(context.spark(), policy, probes);
    policies.keep(policy);
    KeptPolicy given = new KeptPolicy(policy.name(), policy.digest());
    context.inForce().say(context.progress(), kept -> kept.with(given));
    context.inForce().keep(context.run(), kept -> kept.with(given));
  }

  private boolean isKept(String id) {
    return isKept(context.table(Tables.VERDICTS), id) && isKept(context.table(Tables.FILTERED), id);
  }

  private static boolean isKept(LakeTable table, String id) {
    return isLast(table, id) && table.history().foreignVersions().isEmpty();
  }

  private static boolean isLast(LakeTable table, String id) {
    return table
        .history()
        .lastNote(NAME)
        .flatMap(note -> note.find(JUDGEMENT))
        .filter(id::equals)
        .isPresent();
  }

  private JudgementDifference judge(
      Policy policy, Map<String, Long> inputs, CommitNote note, String id) {
    Dataset<Row> assets = context.rowsAt(Tables.ASSETS, inputs);
    Judgement judgement =
        new JudgeStage(probes, policy, id, JudgementRule.NOW)
            .apply(
                assets,
                pieces(inputs),
                context.rowsAt(Kinds.MEASUREMENTS, inputs),
                context.rowsAt(Tables.DUPLICATES, inputs),
                context.rowsAt(Tables.DECISIONS, inputs));
    LakeTable verdicts = context.table(Tables.VERDICTS);
    Dataset<Row> before = verdicts.rows();
    verdicts.replace(judgement.verdicts(), note);
    context.table(Tables.FILTERED).replace(judgement.filteredBy(verdicts.rows()), note);
    return JudgementDifference.between(before, verdicts.rows());
  }

  /** What rules are asked of, as a judgement would see it now; one row an asset. */
  public Dataset<Row> view() {
    Map<String, Long> inputs = context.versions(INPUTS);
    Dataset<Row> assets = context.rowsAt(Tables.ASSETS, inputs);
    return JudgeStage.view(
        probes, assets, pieces(inputs), context.rowsAt(Kinds.MEASUREMENTS, inputs));
  }

  private Optional<Dataset<Row>> pieces(Map<String, Long> inputs) {
    long derived = inputs.getOrDefault(Tables.DERIVED.name(), LakeTable.ABSENT);
    return PiecesInLake.mayBeIn(
            context.tables(),
            inputs.getOrDefault(Tables.ASSETS.name(), LakeTable.ABSENT),
            derived,
            derivers)
        ? Optional.of(Derived.by(derivers, context.table(Tables.DERIVED).rowsAt(derived)))
        : Optional.empty();
  }

  private CommitNote note(Policy policy, Map<String, Long> inputs, String id, Scope scope) {
    CommitNote note =
        CommitNote.of(context.run().id(), NAME)
            .from(inputs)
            .mark(JUDGEMENT, id)
            .mark(JudgementRule.MARK, JudgementRule.NOW.word())
            .mark(JudgementBasis.MARK, basis)
            .mark(JudgementBasis.DERIVERS, String.join(" ", derivers))
            .mark(POLICY, policy.digest());
    if (speech.isPresent()) {
      note = note.mark(JudgementBasis.SPEECH, speech.get().sha256());
    }
    return scope == Scope.ALL || readRepaired() || judgedOtherwise()
        ? note.mark(Publication.RELEASE_ANEW, context.run().id())
        : note;
  }

  private Optional<CommitNote> last() {
    return context.table(Tables.FILTERED).history().lastNote(NAME);
  }

  /** Whether the last judgement was made on another basis, so that no audit can repeat it. */
  private boolean judgedOtherwise() {
    return last()
        .map(note -> JudgementBasis.marked(note.find(JudgementBasis.MARK)))
        .filter(last -> !last.equals(basis))
        .isPresent();
  }

  /** Whether somebody had damaged what the last judgement read. */
  private boolean readRepaired() {
    Map<String, Long> last = last().map(CommitNote::inputs).orElse(Map.of());
    return Stream.of(INPUTS)
        .anyMatch(
            table ->
                context
                    .table(table)
                    .history()
                    .isRepairedSince(last.getOrDefault(table.name(), LakeTable.ABSENT)));
  }
}
