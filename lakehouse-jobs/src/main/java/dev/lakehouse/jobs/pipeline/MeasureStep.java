// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.jobs.curate.MeasureStage;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.delta.Waves;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures what has no measurement yet. */
public final class MeasureStep {
  private static final String NAME = "measure";

  /** What measured, in a commit's note: other probes have all contents before them. */
  private static final String BY = "probes";

  private final LakeTable assets;
  private final LakeTable measurements;
  private final OutcomeWaves outcomes;
  private final String run;

  public MeasureStep(LakeTables tables, Waves waves, String run) {
    this.assets = tables.table(Tables.ASSETS);
    this.measurements = tables.table(Kinds.MEASUREMENTS);
    this.outcomes = new OutcomeWaves(measurements, waves, "sha256", "probe");
    this.run = run;
  }

  /** Measures; commits nothing where nothing is missing. */
  public StepCounts run(MeasureStage stage, Scope scope) {
    measurements.extend(CommitNote.of(run, NAME));
    long version = assets.version();
    Optional<Long> done = scope == Scope.ALL ? Optional.empty() : doneUpTo();
    if (done.isEmpty() || done.get() < version) {
      Dataset<Row> changed =
          done.map(before -> assets.changed(before, version))
              .orElseGet(() -> assets.rowsAt(version));
      outcomes.fill(
          NAME,
          stage.inputs(changed),
          lit(true),
          scope,
          stage::apply,
          complete -> note(version, complete));
    }
    return outcomes.count(stage.inputs(assets.rowsAt(version)), lit(true), run);
  }

  /** The version of the assets that is measured as a whole. */
  private Optional<Long> doneUpTo() {
    return measurements
        .history()
        .lastComplete(NAME)
        .filter(note -> note.find(BY).filter(Kinds.PROBES.names()::equals).isPresent())
        .flatMap(note -> Optional.ofNullable(note.inputs().get(Tables.ASSETS.name())));
  }

  private CommitNote note(long version, boolean complete) {
    CommitNote note = CommitNote.of(run, NAME).mark(BY, Kinds.PROBES.names());
    return complete ? note.from(Map.of(Tables.ASSETS.name(), version)) : note;
  }
}
