// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.PrecisionWish;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.kind.EncoderSpecs;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds whose vectors a family has.
 *
 * @param settings in force
 * @param models where bundles are
 * @param tables of the lake
 * @param embedded digests of encoders that were used just now, by family
 */
record FamilySearch(
    Settings settings, ModelsRoot models, LakeTables tables, Map<String, String> embedded) {

  /**
   * The encoder of a family that is on.
   *
   * @throws LakehouseException MODEL_UNAVAILABLE if neither the bundle nor any vector of it can be
   *     found
   */
  FamilyEncoder encoder(FamilySpec family) {
    try {
      ModelBundle bundle = Bundles.resolve(family.bundle(), models);
      family.requireRoles(bundle);
      return FamilyEncoder.of(spec(family.name(), bundle).inFamily(family), family);
    } catch (LakehouseException e) {
      requireMissing(e);
      return FamilyEncoder.lastOf(family.name(), tables)
          .filter(encoder -> encoder.bundle().equals(family.bundle()))
          .map(encoder -> encoder.within(family))
          .orElseThrow(() -> e);
    }
  }

  private static void requireMissing(LakehouseException e) {
    if (e.code() != ErrorCode.MODEL_UNAVAILABLE) {
      throw e;
    }
  }

  /**
   * In the precision that was just used, or that settings name; where nobody names one, in that of
   * the vectors that are there.
   */
  private EncoderSpec spec(String family, ModelBundle bundle) {
    String tower = FamilySpec.modalities(FamilySpec.indexed(bundle.towerNames())).get(0);
    PrecisionWish wish = PrecisionWish.from(settings);
    Limits limits = Limits.from(settings);
    List<EncoderSpec> encoders = EncoderSpecs.all(bundle, models, tower, limits);
    Optional<EncoderSpec> found =
        encoders.stream()
            .filter(encoder -> encoder.encoder().equals(embedded.get(family)))
            .findFirst();
    if (found.isEmpty() && !wish.isExplicit() && encoders.size() > 1) {
      found = new VectorsInLake(tables).most(encoders);
    }
    return found.orElseGet(
        () -> {
          Precision precision = wish.choose(bundle, bundle.tower(tower)).precision();
          return EncoderSpecs.of(bundle, models, tower, precision, limits);
        });
  }
}
