// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Similar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What models should run in, as the settings say.
 *
 * @param precision that was named, or is the default; the default where it is to be measured
 * @param isAuto whether it is to be measured
 * @param origin of the wish, for people; empty where nobody said anything
 */
public record PrecisionWish(Precision precision, boolean isAuto, Optional<String> origin) {
  private static final Setting SETTING = Setting.EMBED_PRECISION;
  private static final String AUTO = "auto";

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
    boolean auto = word.equals(AUTO);
    return new PrecisionWish(
        auto ? Precision.FP32 : Precision.of(word).orElseThrow(() -> unknown(word)),
        auto,
        settings
            .effective(SETTING)
            .filter(set -> settings.isSet(SETTING))
            .map(Settings.Effective::origin));
  }

  private static LakehouseException unknown(String word) {
    List<String> known = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      known.add(precision.word());
    }
    known.add(AUTO);
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Invalid %s: '%s' (must be one of %s). Did you mean %s?",
        SETTING.key(),
        word,
        String.join(", ", known),
        Similar.to(word, known));
  }

  /** Whether somebody names a precision now; what nobody asks for may be another. */
  public boolean isExplicit() {
    return origin.isPresent() && !isAuto && !isKept();
  }

  private boolean isKept() {
    return origin.equals(Optional.of(Settings.KEPT));
  }

  /**
   * What a tower is run in; where that is to be measured, what the others are measured against.
   *
   * @throws LakehouseException CONFIG_INVALID if one was named that the tower does not have
   */
  public PrecisionChoice choose(ModelBundle bundle, Tower tower) {
    List<Precision> precisions = bundle.precisions(tower.name());
    if (precisions.contains(precision)) {
      return new PrecisionChoice(precision, why());
    }
    if (isExplicit()) {
      throw lacking(bundle, tower);
    }
    return new PrecisionChoice(
        precisions.get(0), "the bundle has no %s".formatted(precision.word()));
  }

  private String why() {
    if (isAuto) {
      return AUTO;
    }
    return isExplicit() ? "as asked" : origin.orElse("default");
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
