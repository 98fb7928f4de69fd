// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.embed;

import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.PrecisionChoice;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.jobs.lake.release.VectorsInLake;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.udfs.embed.EmbedOptions;
import dev.lakehouse.udfs.embed.TryPrecisions;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Decides, once in a run, what a tower runs in where nobody names it: what the lake has vectors of,
 * and else what an executor finds to be the best.
 *
 * @param context of the run
 */
record AutoPrecision(LakeContext context) {

  /**
   * Decides.
   *
   * @param label of the tower, for people
   * @param encoders of the tower, first the one that is run when nobody says anything
   */
  PrecisionChoice choose(String label, List<EncoderSpec> encoders) {
    if (encoders.size() == 1) {
      return new PrecisionChoice(encoders.get(0).precision(), "auto: the bundle has no other");
    }
    Optional<EncoderSpec> kept = new VectorsInLake(context.tables()).most(encoders);
    PrecisionChoice choice =
        kept.map(
                spec ->
                    new PrecisionChoice(
                        spec.precision(), "auto: kept, since the lake has vectors in it"))
            .orElseGet(() -> tried(label, encoders));
    context.progress().say("embed %s: %s".formatted(label, choice));
    return choice;
  }

  private PrecisionChoice tried(String label, List<EncoderSpec> encoders) {
    context.describe("try precisions of " + label);
    Row answer =
        context
            .spark()
            .range(0, 1, 1, 1)
            .toDF()
            .mapPartitions(
                new TryPrecisions(
                    encoders, EmbedOptions.from(context.settings(), context.run().id())),
                Encoders.row(TryPrecisions.OUTPUT))
            .collectAsList()
            .get(0);
    answer
        .<String>getList(answer.fieldIndex("tried"))
        .forEach(tried -> context.progress().detail("embed %s: tried %s".formatted(label, tried)));
    String word = answer.getAs("precision");
    return new PrecisionChoice(Precision.of(word).orElseThrow(), answer.getAs("why"));
  }
}
