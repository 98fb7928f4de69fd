// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.Bundles;
import dev.lakehouse.core.bundle.ModelsRoot;
import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EncoderSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The families of a release, and whose vectors each has.
 *
 * <p>Publishing needs no model: where a bundle is not at hand, its encoder is the one that the last
 * commit of embed names for it.
 *
 * @param on by family
 * @param off families that are left out, and why
 */
public record ReleaseFamilies(Map<String, FamilyEncoder> on, List<String> off) {

  public ReleaseFamilies {
    on = Map.copyOf(on);
    off = List.copyOf(off);
  }

  /**
   * The families that the settings turn on.
   *
   * @throws LakehouseException MODEL_UNAVAILABLE if a family is on and neither its bundle nor any
   *     vector of it can be found
   */
  public static ReleaseFamilies of(Settings settings, ModelsRoot models, LakeTables tables) {
    Map<String, FamilyEncoder> on = new TreeMap<>();
    List<String> off = new ArrayList<>();
    Map<String, Setting> bundles =
        Map.of(
            FamilyEncoder.TEXT, Setting.TEXT_MODEL,
            FamilyEncoder.CLIP, Setting.CLIP_MODEL);
    new TreeMap<>(bundles)
        .forEach(
            (family, setting) -> {
              String bundle = settings.text(setting);
              if (bundle.equals(Bundles.NONE)) {
                off.add("%s: off by %s".formatted(family, setting.key()));
              } else {
                on.put(family, encoder(family, bundle, models, Limits.from(settings), tables));
              }
            });
    return new ReleaseFamilies(on, off);
  }

  private static FamilyEncoder encoder(
      String family, String bundle, ModelsRoot models, Limits limits, LakeTables tables) {
    String modality = family.equals(FamilyEncoder.CLIP) ? Tower.IMAGE : Tower.TEXT;
    try {
      EncoderSpec spec = EncoderSpec.of(bundle, models, modality, limits);
      return new FamilyEncoder(
          family, modality, spec.encoder(), spec.dimension(), spec.bundle(), spec.bundleDigest());
    } catch (LakehouseException e) {
      if (e.code() != ErrorCode.MODEL_UNAVAILABLE) {
        throw e;
      }
      return remembered(family, bundle, tables).orElseThrow(() -> e);
    }
  }

  /** The encoder of a bundle that embed used last. */
  private static Optional<FamilyEncoder> remembered(
      String family, String bundle, LakeTables tables) {
    return tables
        .table(Tables.EMBEDDINGS)
        .lastNoteWith(FamilyEncoder.mark(family))
        .flatMap(note -> note.find(FamilyEncoder.mark(family)))
        .map(FamilyEncoder::fromJson)
        .filter(encoder -> encoder.bundle().equals(bundle));
  }
}
