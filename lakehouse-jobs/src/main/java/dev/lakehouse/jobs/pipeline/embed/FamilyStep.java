// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.embed;

import dev.lakehouse.core.batch.PumpFigures;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.jobs.embed.EncoderScope;
import dev.lakehouse.jobs.lake.delta.Waves;
import dev.lakehouse.jobs.lake.release.FamilyEncoder;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.StepCounts;
import dev.lakehouse.udfs.embed.EmbedOptions;
import dev.lakehouse.udfs.embed.EmbedPartition;
import dev.lakehouse.udfs.embed.PumpSum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/** Embeds everything that a family embeds. */
public final class FamilyStep {
  private final LakeContext context;

  public FamilyStep(LakeContext context) {
    this.context = context;
  }

  /**
   * Embeds what is missing.
   *
   * @param family as {@link FamilySpec} has it
   * @param where which of the passed assets
   * @param scope {@link Scope#ALL} to try again what failed for a reason outside the content
   */
  public EmbedResult run(String family, Column where, Scope scope) {
    List<ChosenEncoder> chosen = new Families(context).encoders(family);
    FamilySpec asked = FamilySpec.named(family, context.settings());
    FamilyEncoder own = Families.own(chosen, asked);
    Map<String, String> marks = Map.of(FamilyEncoder.mark(family), own.toJson());
    EmbedStep step = new EmbedStep(context.tables(), context.waves(), context.run().id());
    StepCounts counts = new StepCounts(0, 0, 0);
    Map<String, EncoderWork> encoders = new LinkedHashMap<>();
    for (ChosenEncoder encoder : chosen) {
      EncoderSpec spec = encoder.spec();
      String label = family + "/" + spec.tower();
      PumpSum pumped = new PumpSum();
      context.spark().sparkContext().register(pumped, "lakehouse embed " + label);
      context.describe("embed " + label);
      EncoderScope inputs =
          new EncoderScope(spec.tower(), asked.embedded(spec.tower(), own.modality()));
      EmbedStep.Done done =
          step.run(
              new EmbedStep.Work(spec.encoder(), label, inputs, where, scope, marks),
              partition(spec).addingTo(pumped));
      counts = counts.plus(done.counts());
      EncoderWork work = EncoderWork.of(encoder, pumped, done.spent());
      encoders.put(spec.tower(), work);
      report(
          "%s in %s on %s".formatted(label, work.precision(), work.device()),
          pumped.value(),
          done.spent());
    }
    return EmbedResult.of(counts, encoders);
  }

  private EmbedPartition partition(EncoderSpec spec) {
    return new EmbedPartition(
        spec, EmbedOptions.from(context.settings(), context.run().id()), context.contents());
  }

  private void report(String label, PumpFigures figures, Waves.Spent spent) {
    if (figures.items() > 0) {
      context
          .progress()
          .detail("embed %s: %s, write %.1f s".formatted(label, figures, spent.writeSeconds()));
    }
  }
}
