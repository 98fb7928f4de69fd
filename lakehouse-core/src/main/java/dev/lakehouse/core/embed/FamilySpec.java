// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.JointTowers;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.content.SegmentRole;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A family of vectors that compare with each other: it has columns in the catalog, and an index.
 *
 * @param name lower-case letters and digits, as it stands in settings and columns
 * @param bundle name of the model bundle that makes its vectors, or {@link Bundles#NONE}
 */
public record FamilySpec(String name, String bundle) {
  /** The family that compares texts with texts and captions. */
  public static final String TEXT = "text";

  /** The family that compares texts and pictures with pictures. */
  public static final String CLIP = "clip";

  /** What their names say is what their bundles must be; others take any. */
  private static final Set<String> AS_THEY_ARE_CALLED = Set.of(TEXT, CLIP);

  /** Every family that settings speak of, on or off; the two that there always are come first. */
  public static List<FamilySpec> all(Settings settings) {
    return settings.families().stream()
        .map(name -> new FamilySpec(name, settings.text(Setting.family(name))))
        .toList();
  }

  /** Those that are on. */
  public static List<FamilySpec> on(Settings settings) {
    return all(settings).stream().filter(FamilySpec::isOn).toList();
  }

  /** Those that are off, and by which setting. */
  public static List<String> off(Settings settings) {
    return all(settings).stream()
        .filter(family -> !family.isOn())
        .map(family -> "%s: off by %s".formatted(family.name, family.setting().key()))
        .sorted()
        .toList();
  }

  /**
   * One by its name.
   *
   * @throws LakehouseException CONFIG_INVALID if no setting speaks of it
   */
  public static FamilySpec named(String name, Settings settings) {
    List<FamilySpec> all = all(settings);
    return all.stream()
        .filter(family -> family.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.CONFIG_INVALID,
                    "Unknown family '%s': expected one of %s, or name its bundle with --set %s=NAME",
                    name,
                    all.stream().map(FamilySpec::name).toList(),
                    Setting.family(name).key()));
  }

  /** Whether a bundle is named for it. */
  public boolean isOn() {
    return !bundle.equals(Bundles.NONE);
  }

  /** The setting that names its bundle. */
  public Setting setting() {
    return Setting.family(name);
  }

  /**
   * The bundle that makes its vectors.
   *
   * @throws LakehouseException if the family is off, or its bundle is not there or of another
   *     family
   */
  public ModelBundle resolve(ModelsRoot models) {
    if (!isOn()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Family %s is off: name its bundle with --set %s=NAME. 'lakehouse model list'"
              + " shows which there are, 'lakehouse model import' adds one",
          name,
          setting().key());
    }
    ModelBundle found = Bundles.resolve(bundle, models);
    if (AS_THEY_ARE_CALLED.contains(name) && !found.family().equals(name)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Bundle %s is of family %s: expected one of family %s. Change %s, or give it a family of"
              + " its own with --set lakehouse.family.NAME.bundle=%s",
          bundle,
          found.family(),
          name,
          setting().key(),
          bundle);
    }
    return found;
  }

  /**
   * The towers whose vectors the index of a family holds, as {@link JointTowers} names them: those
   * of other content than text, if the model has any beside texts.
   *
   * @param towers names of all towers of its bundle, at least one
   */
  public static String indexed(Collection<String> towers) {
    return JointTowers.of(towers);
  }

  /**
   * The modalities of the assets whose own content an index holds, which are the names of the
   * towers; at least one.
   */
  public static List<String> modalities(String indexed) {
    return JointTowers.in(indexed);
  }

  /** The parts of assets that stand in an index. */
  public static Set<SegmentRole> roles(String indexed) {
    Set<SegmentRole> roles = EnumSet.noneOf(SegmentRole.class);
    modalities(indexed).forEach(tower -> roles.addAll(roles(tower, indexed)));
    return roles;
  }

  /**
   * The parts of assets that a tower embeds. Passages and captions stand in the index of a family
   * of texts. In any other they are compared with what they are about and never indexed, since they
   * would rank above everything else.
   *
   * @param indexed the towers whose vectors the index holds
   */
  public static Set<SegmentRole> roles(String tower, String indexed) {
    Set<SegmentRole> roles = EnumSet.noneOf(SegmentRole.class);
    boolean isIndexed = modalities(indexed).contains(tower);
    if (isIndexed) {
      roles.add(SegmentRole.OWN);
    }
    if (isIndexed && tower.equals(Tower.IMAGE)) {
      roles.add(SegmentRole.KEYFRAME);
    }
    if (tower.equals(Tower.TEXT)) {
      roles.add(SegmentRole.CAPTION);
    }
    if (tower.equals(Tower.TEXT) && indexed.equals(Tower.TEXT)) {
      roles.add(SegmentRole.PASSAGE);
    }
    return roles;
  }
}
