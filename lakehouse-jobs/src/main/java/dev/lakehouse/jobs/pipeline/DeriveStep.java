// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.jobs.derive.DeriveStage;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.delta.Waves;
import java.util.Map;
import org.apache.spark.sql.Column;

/** Derives what nothing was derived from yet. */
public final class DeriveStep {
  private static final String NAME = "derive";

  /** What derived, in a commit's note: others have all contents before them. */
  private static final String BY = "derivers";

  /** The rows that say how it went. */
  private static final Column OUTCOMES = col("segment").equalTo(Segment.WHOLE);

  private final LakeTable assets;
  private final LakeTable derived;
  private final OutcomeWaves outcomes;
  private final String run;

  public DeriveStep(LakeTables tables, Waves waves, String run) {
    this.assets = tables.table(Tables.ASSETS);
    this.derived = tables.table(Tables.DERIVED);
    this.outcomes = new OutcomeWaves(derived, waves, "sha256", "deriver");
    this.run = run;
  }

  /** Derives; commits nothing where nothing is missing. */
  public StepCounts run(DeriveStage stage, Scope scope) {
    String derivers = String.join(",", stage.derivers().names());
    long version = assets.version();
    boolean done =
        scope == Scope.CHANGED
            && derived
                .history()
                .lastComplete(NAME)
                .filter(note -> note.find(BY).filter(derivers::equals).isPresent())
                .filter(note -> Long.valueOf(version).equals(note.inputs().get(assetsName())))
                .isPresent();
    if (!done) {
      CommitNote note = CommitNote.of(run, NAME).mark(BY, derivers);
      derived.extend(note);
      outcomes.fill(
          NAME,
          stage.inputs(assets.rowsAt(version)),
          OUTCOMES,
          scope,
          stage::apply,
          complete -> complete ? note.from(Map.of(assetsName(), version)) : note);
    }
    return outcomes.count(stage.inputs(assets.rowsAt(version)), OUTCOMES, run);
  }

  private static String assetsName() {
    return Tables.ASSETS.name();
  }
}
