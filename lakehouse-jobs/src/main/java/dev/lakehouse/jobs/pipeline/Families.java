// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.bundle.Bundles;
import dev.lakehouse.core.bundle.ModelBundle;
import dev.lakehouse.core.bundle.Precision;
import dev.lakehouse.core.bundle.PrecisionChoice;
import dev.lakehouse.core.bundle.PrecisionWish;
import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.kind.EncoderSpecs;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.jobs.lake.FamilyEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The families of vectors that the settings ask for.
 *
 * @param context whose settings they are
 */
public record Families(LakeContext context) {
  static final Map<String, Setting> SETTINGS =
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
   * The encoders of a family: one for each tower that is needed. Where their precision is left to
   * the machine, it may be measured now.
   *
   * @throws LakehouseException if its bundle is not there, is of another family, or lacks the
   *     precision that was asked for
   */
  List<ChosenEncoder> encoders(String family) {
    ModelBundle bundle = resolve(family);
    return bundle.towers().stream().map(tower -> encoder(bundle, tower)).toList();
  }

  private ChosenEncoder encoder(ModelBundle bundle, Tower tower) {
    PrecisionWish wish = PrecisionWish.from(context.settings());
    PrecisionChoice choice = wish.choose(bundle, tower);
    if (wish.isAuto()) {
      List<EncoderSpec> all = new ArrayList<>();
      all.add(spec(bundle, tower, choice.precision()));
      for (Precision precision : tower.graph().precisions()) {
        if (precision != choice.precision()) {
          all.add(spec(bundle, tower, precision));
        }
      }
      choice = new AutoPrecision(context).choose(bundle.family() + "/" + tower.name(), all);
    }
    return new ChosenEncoder(spec(bundle, tower, choice.precision()), choice);
  }

  private EncoderSpec spec(ModelBundle bundle, Tower tower, Precision precision) {
    return EncoderSpecs.of(
        bundle, context.models(), tower.name(), precision, Limits.from(context.settings()));
  }

  /**
   * Refuses a precision that somebody asked for and a family does not have, before any work.
   *
   * @throws LakehouseException CONFIG_INVALID if it has not
   */
  public void requirePrecision(List<String> families) {
    PrecisionWish wish = PrecisionWish.from(context.settings());
    if (wish.isExplicit()) {
      for (String family : families) {
        ModelBundle bundle = resolve(family);
        bundle.towers().forEach(tower -> wish.choose(bundle, tower));
      }
    }
  }

  /**
   * Digests of the bundles of those of some families that are on.
   *
   * @throws LakehouseException if a bundle is not there, or is of another family
   */
  public Map<String, String> digests(List<String> families) {
    Map<String, String> digests = new HashMap<>();
    families.stream()
        .filter(family -> bundle(family).isPresent())
        .forEach(family -> digests.put(family, resolve(family).digest()));
    return digests;
  }

  /** Says which models, and settings of theirs, are in force no longer once these are kept. */
  public void say(List<String> families, Map<String, String> digests) {
    context.inForce().say(context.progress(), kept -> given(kept, families, digests));
  }

  /** Keeps in the lake which models these families have from now on, and with what settings. */
  public void keep(List<String> families, Map<String, String> digests) {
    context.inForce().keep(context.run(), kept -> given(kept, families, digests));
  }

  private Kept given(Kept kept, List<String> families, Map<String, String> digests) {
    Kept given = kept;
    for (String family : families) {
      given =
          given.with(setting(family), bundle(family).orElse(Bundles.NONE)).withoutBundle(family);
      if (digests.containsKey(family)) {
        given = given.withBundle(family, digests.get(family));
      }
    }
    for (Setting setting : Setting.KEPT) {
      if (!SETTINGS.containsValue(setting) && context.settings().isTold(setting)) {
        given = given.with(setting, context.settings().text(setting));
      }
    }
    return given;
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
  static FamilyEncoder own(String family, List<ChosenEncoder> encoders) {
    String tower = FamilyEncoder.tower(family);
    return encoders.stream()
        .map(ChosenEncoder::spec)
        .filter(spec -> spec.tower().equals(tower))
        .findFirst()
        .map(FamilyEncoder::of)
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.MODEL_INVALID,
                    "The bundle of family %s has no tower '%s'",
                    family,
                    tower));
  }
}
