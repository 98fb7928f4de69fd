// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.bundle.Bundles;
import dev.lakehouse.core.bundle.ModelBundle;
import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.jobs.lake.FamilyEncoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The families of vectors that the settings ask for.
 *
 * @param context whose settings they are
 */
public record Families(LakeContext context) {
  private static final Map<String, Setting> SETTINGS =
      Map.of(
          FamilyEncoder.TEXT, Setting.TEXT_MODEL,
          FamilyEncoder.CLIP, Setting.CLIP_MODEL);

  /** Every family that there can be. */
  public static final List<String> ALL = List.of(FamilyEncoder.TEXT, FamilyEncoder.CLIP);

  /** The name of a family's bundle; empty where the family is off. */
  public Optional<String> bundle(String family) {
    return Optional.of(context.settings().text(setting(family)))
        .filter(name -> !name.equals(Bundles.NONE));
  }

  private static Setting setting(String family) {
    Setting setting = SETTINGS.get(family);
    if (setting == null) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID, "Unknown family '%s': expected one of %s", family, ALL);
    }
    return setting;
  }

  /**
   * The encoders of a family: one for each tower that is needed.
   *
   * @throws LakehouseException if its bundle is not there, or is of another family
   */
  public List<EncoderSpec> encoders(String family) {
    ModelBundle bundle = resolve(family);
    Limits limits = Limits.from(context.settings());
    return bundle.towers().stream()
        .map(tower -> EncoderSpec.of(bundle, context.models(), tower.name(), limits))
        .toList();
  }

  private ModelBundle resolve(String family) {
    String name =
        bundle(family)
            .orElseThrow(
                () ->
                    LakehouseException.of(
                        ErrorCode.CONFIG_INVALID,
                        "Family %s is off: name its bundle with --set %s=NAME. 'lakehouse model list'"
                            + " shows which there are, 'lakehouse model import' adds one",
                        family,
                        setting(family).key()));
    ModelBundle bundle = Bundles.resolve(name, context.models());
    if (!bundle.family().equals(family)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Bundle %s is of family %s: expected one of family %s. Change %s",
          name,
          bundle.family(),
          family,
          setting(family).key());
    }
    return bundle;
  }

  /** The encoder of the family's own content: images for clip, texts for text. */
  static FamilyEncoder own(String family, List<EncoderSpec> encoders) {
    String tower = family.equals(FamilyEncoder.CLIP) ? Tower.IMAGE : Tower.TEXT;
    EncoderSpec spec =
        encoders.stream()
            .filter(each -> each.tower().equals(tower))
            .findFirst()
            .orElseThrow(
                () ->
                    LakehouseException.of(
                        ErrorCode.MODEL_INVALID,
                        "The bundle of family %s has no tower '%s'",
                        family,
                        tower));
    return new FamilyEncoder(
        family, tower, spec.encoder(), spec.dimension(), spec.bundle(), spec.bundleDigest());
  }
}
