// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Similar;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What models should run in, as the settings say.
 *
 * @param precision that was named, or is the default
 * @param origin of it, for people; empty where nobody named one
 */
public record PrecisionWish(Precision precision, Optional<String> origin) {
  private static final Setting SETTING = Setting.EMBED_PRECISION;

  public PrecisionWish {
    requireNonNull(precision, "precision is null");
    requireNonNull(origin, "origin is null");
  }

  /**
   * The wish of some settings.
   *
   * @throws LakehouseException CONFIG_INVALID if there is no such precision
   */
  public static PrecisionWish from(Settings settings) {
    String word = settings.text(SETTING);
    return new PrecisionWish(
        Precision.of(word).orElseThrow(() -> unknown(word)),
        settings
            .effective(SETTING)
            .filter(set -> settings.isSet(SETTING))
            .map(Settings.Effective::origin));
  }

  private static LakehouseException unknown(String word) {
    List<String> known = Arrays.stream(Precision.values()).map(Precision::word).toList();
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Invalid %s: '%s' (must be one of %s). Did you mean %s?",
        SETTING.key(),
        word,
        String.join(", ", known),
        Similar.to(word, known));
  }

  /** Whether somebody named it; what nobody asked for may be another. */
  public boolean isExplicit() {
    return origin.isPresent();
  }

  /**
   * What a tower is run in.
   *
   * @throws LakehouseException CONFIG_INVALID if one was named that the tower does not have
   */
  public PrecisionChoice choose(ModelBundle bundle, Tower tower) {
    List<Precision> precisions = tower.graph().precisions();
    if (precisions.contains(precision)) {
      return new PrecisionChoice(precision, isExplicit() ? "as asked" : "default");
    }
    if (isExplicit()) {
      throw lacking(bundle, tower);
    }
    return new PrecisionChoice(
        tower.graph().precision(), "the bundle has no %s".formatted(precision.word()));
  }

  private LakehouseException lacking(ModelBundle bundle, Tower tower) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Cannot run the %s tower of bundle %s in %s (%s, from %s): it has %s. Choose one of these, or"
            + " import the model again with a network in %s beside the others",
        tower.name(),
        bundle.name(),
        precision.word(),
        SETTING.key(),
        origin.orElse("default"),
        String.join(", ", tower.graph().precisions().stream().map(Precision::word).toList()),
        precision.word());
  }
}
