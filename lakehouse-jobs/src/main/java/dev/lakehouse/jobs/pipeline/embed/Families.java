// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.embed;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.PrecisionChoice;
import dev.lakehouse.core.bundle.description.PrecisionWish;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.kind.EncoderSpecs;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.jobs.lake.release.FamilyEncoder;
import dev.lakehouse.jobs.pipeline.LakeContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The families of vectors that the settings ask for.
 *
 * @param context whose settings they are
 */
public record Families(LakeContext context) {
  /** The names of all that settings speak of, on or off. */
  public List<String> names() {
    return FamilySpec.all(context.settings()).stream().map(FamilySpec::name).toList();
  }

  /** The names of those that are on. */
  public List<String> on() {
    return FamilySpec.on(context.settings()).stream().map(FamilySpec::name).toList();
  }

  private FamilySpec spec(String family) {
    return FamilySpec.named(family, context.settings());
  }

  /**
   * The encoders of a family: one for each tower that is needed. Where their precision is left to
   * the machine, it may be measured now.
   *
   * @throws LakehouseException if its bundle is not there, is of another family, or lacks the
   *     precision that was asked for
   */
  List<ChosenEncoder> encoders(String family) {
    FamilySpec spec = spec(family);
    ModelBundle bundle = resolve(spec);
    Map<String, PrecisionChoice> choices = new HashMap<>(); // one for all that go by one name
    List<ChosenEncoder> encoders = new ArrayList<>();
    for (Tower tower : bundle.towers()) {
      PrecisionChoice choice =
          choices.computeIfAbsent(
              bundle.joined(tower.name()), joined -> choice(spec, bundle, tower));
      EncoderSpec encoder = encoder(bundle, tower, choice.precision()).inFamily(spec);
      encoders.add(new ChosenEncoder(encoder, said(choice, encoder)));
    }
    return encoders;
  }

  /** A tower that lacks the precision of those beside it is run with its own. */
  private static PrecisionChoice said(PrecisionChoice choice, EncoderSpec encoder) {
    return encoder.precision() == choice.precision()
        ? choice
        : new PrecisionChoice(
            encoder.precision(),
            "the %s tower has no %s".formatted(encoder.tower(), choice.precision().word()));
  }

  private PrecisionChoice choice(FamilySpec family, ModelBundle bundle, Tower tower) {
    PrecisionWish wish = PrecisionWish.from(context.settings());
    PrecisionChoice choice = wish.choose(bundle, tower);
    if (!wish.isAuto()) {
      return choice;
    }
    List<EncoderSpec> all = new ArrayList<>();
    all.add(encoder(bundle, tower, choice.precision()));
    for (Precision precision : bundle.precisions(tower.name())) {
      if (precision != choice.precision()) {
        all.add(encoder(bundle, tower, precision));
      }
    }
    return new AutoPrecision(context).choose(family.name() + "/" + tower.name(), all);
  }

  private EncoderSpec encoder(ModelBundle bundle, Tower tower, Precision precision) {
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
        ModelBundle bundle = resolve(spec(family));
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
        .map(this::spec)
        .filter(FamilySpec::isOn)
        .forEach(family -> digests.put(family.name(), resolve(family).digest()));
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
      given = given.with(Setting.family(family), spec(family).bundle()).withoutBundle(family);
      if (digests.containsKey(family)) {
        given = given.withBundle(family, digests.get(family));
      }
      for (Setting setting : List.of(Setting.familyRoles(family), Setting.familyRequired(family))) {
        if (context.settings().isTold(setting)) {
          given = given.with(setting, context.settings().text(setting));
        }
      }
    }
    for (Setting setting : Setting.kept()) {
      if (Setting.familyOf(setting.key()).isEmpty() && context.settings().isTold(setting)) {
        given = given.with(setting, context.settings().text(setting));
      }
    }
    return given;
  }

  private ModelBundle resolve(FamilySpec family) {
    return family.resolve(context.models());
  }

  /** The encoder whose vectors the index holds. */
  static FamilyEncoder own(List<ChosenEncoder> encoders, FamilySpec family) {
    String tower =
        FamilySpec.indexed(encoders.stream().map(encoder -> encoder.spec().tower()).toList());
    return encoders.stream()
        .map(ChosenEncoder::spec)
        .filter(spec -> spec.towers().equals(tower))
        .findFirst()
        .map(spec -> FamilyEncoder.of(spec, family))
        .orElseThrow();
  }
}
