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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A family of vectors that compare with each other: it has columns in the catalog, and an index.
 *
 * @param name lower-case letters and digits, as it stands in settings and columns
 * @param bundle name of the model bundle that makes its vectors, or {@link Bundles#NONE}
 * @param named the parts of assets that it is to take; empty for all that its towers can take
 * @param need of assets for its vectors
 */
public record FamilySpec(
    String name, String bundle, Optional<Set<SegmentRole>> named, FamilyScope.Need need) {
  /** The family that compares texts with texts and captions. */
  public static final String TEXT = "text";

  /** The family that compares texts and pictures with pictures. */
  public static final String CLIP = "clip";

  /** What their names say is what their bundles must be; others take any. */
  private static final Set<String> AS_THEY_ARE_CALLED = Set.of(TEXT, CLIP);

  /** Every family that settings speak of, on or off; the two that there always are come first. */
  public static List<FamilySpec> all(Settings settings) {
    return settings.families().stream().map(name -> of(name, settings)).toList();
  }

  private static FamilySpec of(String name, Settings settings) {
    return new FamilySpec(
        name,
        settings.text(Setting.family(name)),
        named(settings.text(Setting.familyRoles(name)), name),
        settings.flag(Setting.familyRequired(name))
            ? FamilyScope.Need.REQUIRED
            : FamilyScope.Need.OPTIONAL);
  }

  private static Optional<Set<SegmentRole>> named(String value, String family) {
    if (value.strip().equals(Setting.ALL_ROLES)) {
      return Optional.empty();
    }
    Set<SegmentRole> named = EnumSet.noneOf(SegmentRole.class);
    for (String word : value.split(",", -1)) {
      named.add(
          EnumSet.allOf(SegmentRole.class).stream()
              .filter(role -> role.word().equals(word.strip()))
              .findFirst()
              .orElseThrow(() -> unknownRole(word.strip(), value, family)));
    }
    return Optional.of(named);
  }

  private static LakehouseException unknownRole(String word, String value, String family) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Invalid %s: '%s' (expected '%s', or some of %s with commas between them, but found '%s')",
        Setting.familyRoles(family).key(),
        value,
        Setting.ALL_ROLES,
        FamilyScope.words(EnumSet.allOf(SegmentRole.class), ", "),
        word);
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
   * @throws LakehouseException if the family is off, or its bundle is not there, of another family,
   *     or cannot take the parts of assets that settings name
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
    requireRoles(found);
    return found;
  }

  /**
   * Refuses parts of assets that no tower of a bundle can take, and a choice that leaves the index
   * of the family empty.
   *
   * @throws LakehouseException CONFIG_INVALID naming the setting
   */
  public void requireRoles(ModelBundle found) {
    String indexed = indexed(found.towerNames());
    Set<SegmentRole> possible =
        found.towerNames().stream()
            .flatMap(tower -> roles(tower, indexed).stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(SegmentRole.class)));
    Set<SegmentRole> said = named.orElse(possible);
    if (!possible.containsAll(said)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Family %s cannot take %s: bundle %s takes %s. Change %s, or name another bundle",
          name,
          FamilyScope.words(without(said, possible), ", "),
          found.name(),
          FamilyScope.words(possible, ", "),
          Setting.familyRoles(name).key());
    }
    if (scope(indexed).parts().isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Family %s would find nothing: %s names %s, and its index holds %s. Add one of these, or"
              + " turn the family off with --set %s=%s",
          name,
          Setting.familyRoles(name).key(),
          FamilyScope.words(said, ", "),
          FamilyScope.words(roles(indexed), ", "),
          setting().key(),
          Bundles.NONE);
    }
  }

  private static Set<SegmentRole> without(Set<SegmentRole> roles, Set<SegmentRole> others) {
    Set<SegmentRole> left = new TreeSet<>(roles);
    left.removeAll(others);
    return left;
  }

  /**
   * What its index holds of assets.
   *
   * @param indexed the towers whose vectors the index holds
   */
  public FamilyScope scope(String indexed) {
    return new FamilyScope(chosen(roles(indexed)), need);
  }

  /**
   * The parts of assets that a tower of it embeds, in the index or to be compared; perhaps none.
   *
   * @param indexed the towers whose vectors the index holds
   */
  public Set<SegmentRole> embedded(String tower, String indexed) {
    return chosen(roles(tower, indexed));
  }

  private Set<SegmentRole> chosen(Set<SegmentRole> possible) {
    Set<SegmentRole> chosen = EnumSet.noneOf(SegmentRole.class);
    possible.stream().filter(named.orElse(possible)::contains).forEach(chosen::add);
    return chosen;
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

  /** The parts of assets that can stand in an index. */
  public static Set<SegmentRole> roles(String indexed) {
    Set<SegmentRole> roles = EnumSet.noneOf(SegmentRole.class);
    modalities(indexed).forEach(tower -> roles.addAll(roles(tower, indexed)));
    return roles;
  }

  /**
   * The parts of assets that a tower can embed. Passages and captions stand in the index of a
   * family of texts. In any other they are compared with what they are about and never indexed,
   * since they would rank above everything else.
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
