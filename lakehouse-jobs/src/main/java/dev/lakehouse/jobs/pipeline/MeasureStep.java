// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.jobs.curate.MeasureStage;
import dev.lakehouse.jobs.derive.Derived;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.delta.Waves;
import dev.lakehouse.udfs.SparkColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures what has no measurement yet. */
public final class MeasureStep {
  private static final String NAME = "measure";

  /** What measured, in a commit's note: other probes have all contents before them. */
  private static final String BY = "probes";

  private final LakeTables tables;
  private final LakeTable assets;
  private final LakeTable derived;
  private final LakeTable measurements;
  private final OutcomeWaves outcomes;
  private final List<String> derivers;
  private final String run;

  /**
   * @param derivers whose pieces are measured, by name
   */
  public MeasureStep(LakeTables tables, Waves waves, List<String> derivers, String run) {
    this.tables = tables;
    this.assets = tables.table(Tables.ASSETS);
    this.derived = tables.table(Tables.DERIVED);
    this.measurements = tables.table(Kinds.MEASUREMENTS);
    this.outcomes = new OutcomeWaves(measurements, waves, "sha256", "probe");
    this.derivers = derivers;
    this.run = run;
  }

  /** Measures; commits nothing where nothing is missing. */
  public StepCounts run(MeasureStage stage, Scope scope) {
    measurements.extend(CommitNote.of(run, NAME));
    Inputs now = new Inputs(assets.version(), derived.version());
    Dataset<Row> all = assets.rowsAt(now.assets());
    UnaryOperator<Dataset<Row>> inputs = inputs(stage, all, now);
    Optional<Inputs> done = scope == Scope.ALL ? Optional.empty() : doneUpTo(stage.probes());
    if (!done.equals(Optional.of(now))) {
      Dataset<Row> changed =
          done.filter(before -> before.derived() != LakeTable.ABSENT)
              .map(before -> changed(before, now))
              .orElse(all);
      outcomes.fill(
          NAME,
          inputs.apply(changed),
          lit(true),
          scope,
          stage::apply,
          complete -> note(stage.probes(), now, complete));
    }
    return outcomes.count(inputs.apply(all), lit(true), run);
  }

  /** Versions of what is measured. */
  private record Inputs(long assets, long derived) {
    static Inputs of(Map<String, Long> versions) {
      return new Inputs(
          versions.getOrDefault(Tables.ASSETS.name(), LakeTable.ABSENT),
          versions.getOrDefault(Tables.DERIVED.name(), LakeTable.ABSENT));
    }

    Map<String, Long> byName() {
      return Map.of(Tables.ASSETS.name(), assets, Tables.DERIVED.name(), derived);
    }
  }

  /** Assets that changed, and those from which something was derived since. */
  private Dataset<Row> changed(Inputs before, Inputs now) {
    Dataset<Row> changed = assets.changed(before.assets(), now.assets());
    if (before.derived() == now.derived()) {
      return changed;
    }
    Dataset<Row> read =
        derived.changed(before.derived(), now.derived()).select("sha256").distinct();
    return assets
        .rowsAt(now.assets())
        .join(read, SparkColumns.using("sha256"), "left_semi")
        .unionByName(changed)
        .dropDuplicates("asset_id");
  }

  /** From assets to what of them is measured. */
  private UnaryOperator<Dataset<Row>> inputs(MeasureStage stage, Dataset<Row> all, Inputs now) {
    Dataset<Row> read = Derived.by(derivers, derived.rowsAt(now.derived()));
    return PiecesInLake.mayBeIn(tables, now.assets(), now.derived(), derivers)
        ? of -> stage.inputs(of, all, read)
        : of -> stage.inputs(of);
  }

  /** The versions that are measured as a whole. */
  private Optional<Inputs> doneUpTo(Probes probes) {
    return measurements
        .history()
        .lastComplete(NAME)
        .filter(note -> note.find(BY).filter(probes.names()::equals).isPresent())
        .map(note -> Inputs.of(note.inputs()));
  }

  private CommitNote note(Probes probes, Inputs versions, boolean complete) {
    CommitNote note = CommitNote.of(run, NAME).mark(BY, probes.names());
    return complete ? note.from(versions.byName()) : note;
  }
}
