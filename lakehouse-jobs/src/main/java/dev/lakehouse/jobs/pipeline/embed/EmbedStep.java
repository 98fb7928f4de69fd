// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.embed;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.jobs.embed.EncoderScope;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.delta.Waves;
import dev.lakehouse.jobs.pipeline.OutcomeWaves;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.StepCounts;
import dev.lakehouse.udfs.embed.EmbedPartition;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Embeds what passed and has no outcome of an encoder yet. */
public final class EmbedStep {
  private static final String NAME = "embed";

  private final LakeTable filtered;
  private final OutcomeWaves outcomes;
  private final String run;

  public EmbedStep(LakeTables tables, Waves waves, String run) {
    this.filtered = tables.table(Tables.FILTERED);
    this.outcomes = new OutcomeWaves(tables.table(Tables.EMBEDDINGS), waves, "input_sha256");
    this.run = run;
  }

  /**
   * What one encoder is to do.
   *
   * @param encoder its digest
   * @param label for people, such as {@code clip/image}
   * @param inputs what of the passed assets it embeds
   * @param where which of the passed assets
   * @param scope {@link Scope#ALL} to try again what failed for a reason outside the content
   * @param marks what each commit says beside
   */
  public record Work(
      String encoder,
      String label,
      EncoderScope inputs,
      Column where,
      Scope scope,
      Map<String, String> marks) {

    public Work {
      marks = Map.copyOf(marks);
    }
  }

  /**
   * What an encoder's work came to.
   *
   * @param counts of everything that it embeds
   * @param spent on what was missing
   */
  public record Done(StepCounts counts, Waves.Spent spent) {}

  /** Embeds; commits nothing where nothing is missing. */
  public Done run(Work work, EmbedPartition encode) {
    Dataset<Row> inputs = work.inputs().of(filtered.rows().where(work.where()));
    Column mine = col("encoder").equalTo(work.encoder()).and(col("segment").equalTo(Segment.WHOLE));
    Waves.Spent spent =
        outcomes.fill(
            NAME + " " + work.label(),
            inputs,
            mine,
            work.scope(),
            encode::apply,
            complete -> note(work.marks()));
    return new Done(outcomes.count(inputs, mine, run), spent);
  }

  private CommitNote note(Map<String, String> marks) {
    CommitNote note = CommitNote.of(run, NAME);
    for (Map.Entry<String, String> mark : marks.entrySet()) {
      note = note.mark(mark.getKey(), mark.getValue());
    }
    return note;
  }
}
