// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.jobs.curate.MeasureStage;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.NewRows;
import dev.lakehouse.jobs.lake.delta.Waves;
import dev.lakehouse.udfs.SparkColumns;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Computes the outcome rows that a table lacks, in waves, each exactly once; or again, where the
 * last outcome says nothing of the content.
 *
 * @param table of outcome rows
 * @param waves that commit them
 * @param key columns that name an input; the first spreads the work
 */
public record OutcomeWaves(LakeTable table, Waves waves, String... key) {

  /**
   * Computes what is missing.
   *
   * @param label for people
   * @param inputs everything that should have an outcome
   * @param mine which rows of the table are outcomes of this step
   * @param scope {@link Scope#ALL} to try again what failed for a reason outside the content
   * @param compute from inputs to outcome rows
   * @param note of a commit, by whether it is the last
   * @return what it took
   */
  public Waves.Spent fill(
      String label,
      Dataset<Row> inputs,
      Column mine,
      Scope scope,
      UnaryOperator<Dataset<Row>> compute,
      Function<Boolean, CommitNote> note) {
    Column lasts =
        scope == Scope.ALL ? expr(MeasureStage.SAYS_SOMETHING_OF_THE_CONTENT) : lit(true);
    long read = table.version();
    Dataset<Row> known = table.rowsAt(read).where(mine).where(lasts).selectExpr(key);
    Waves.Commit commit = commit(read, scope, note);
    try (KeptRows kept = KeptRows.of(inputs.join(known, SparkColumns.using(key), "left_anti"))) {
      Dataset<Row> missing = kept.rows();
      long count = missing.count();
      return count == 0
          ? Waves.Spent.NOTHING
          : waves.run(new Waves.Work(label, missing, count, key[0], compute, mine, commit));
    }
  }

  /** How outcomes are written that were missing at a version. */
  private Waves.Commit commit(long read, Scope scope, Function<Boolean, CommitNote> note) {
    if (scope == Scope.ALL) {
      return (rows, complete) -> table.tryAgain(rows, note.apply(complete));
    }
    NewRows outcomes = new NewRows(table, read);
    return (rows, complete) -> outcomes.add(rows, note.apply(complete));
  }

  /** Counts the outcomes of the inputs as they are committed now. */
  public StepCounts count(Dataset<Row> inputs, Column mine, String run) {
    Dataset<Row> outcomes =
        table
            .rows()
            .where(mine)
            .withColumn("computed", col("run").equalTo(run))
            .withColumn("failed", col("error_code").isNotNull())
            .drop("run");
    Row counts =
        inputs
            .selectExpr(key)
            .join(outcomes, SparkColumns.using(key), "left")
            .selectExpr("count(*)", "count_if(computed)", "count_if(failed)")
            .head();
    return new StepCounts(counts.getLong(0), counts.getLong(1), counts.getLong(2));
  }
}
