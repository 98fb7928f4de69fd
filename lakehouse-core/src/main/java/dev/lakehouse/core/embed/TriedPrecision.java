// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.PrecisionChoice;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of trying a network beside the one that is run when nobody says anything.
 *
 * @param precision of the network
 * @param speed how often as fast it is
 * @param cosine of its vectors to those of the other, the smallest of all items
 * @param obstacle what keeps it from being run at all
 */
record TriedPrecision(Precision precision, double speed, double cosine, Optional<String> obstacle) {
  /** Vectors that are further apart are not the same to a search. */
  static final double NEAR_ENOUGH = 0.999;

  /** What is not faster by that much is not worth another encoder. */
  static final double FASTER = 1.05;

  static TriedPrecision measured(Precision precision, double speed, double cosine) {
    return new TriedPrecision(precision, speed, cosine, Optional.empty());
  }

  static TriedPrecision hindered(Precision precision, String obstacle) {
    return new TriedPrecision(precision, 0, 0, Optional.of(obstacle));
  }

  private boolean isBetter() {
    return obstacle.isEmpty() && cosine >= NEAR_ENOUGH && speed >= FASTER;
  }

  /** The fastest that is near enough; where none is, the one that they were tried beside. */
  static PrecisionChoice best(Precision own, List<TriedPrecision> tried) {
    return tried.stream()
        .filter(TriedPrecision::isBetter)
        .max(Comparator.comparingDouble(TriedPrecision::speed))
        .map(best -> new PrecisionChoice(best.precision, "auto: " + best.figures(own)))
        .orElseGet(
            () ->
                new PrecisionChoice(
                    own,
                    tried.stream()
                        .map(each -> each.inWords(own))
                        .collect(Collectors.joining("; ", "auto: ", ""))));
  }

  /** For people: how it did beside the other. */
  String inWords(Precision own) {
    return precision.word() + " " + obstacle.orElseGet(() -> figures(own) + shortcoming());
  }

  private String shortcoming() {
    if (cosine < NEAR_ENOUGH) {
      return ", below %s".formatted(NEAR_ENOUGH);
    }
    return speed < FASTER ? ", not faster by 5 %" : "";
  }

  /** Digits are cut and not rounded: "at least" is to be true. */
  private String figures(Precision own) {
    return String.format(
        Locale.ROOT,
        "%.2f x %s, cosine >= %.4f",
        speed,
        own.word(),
        Math.floor(cosine * 10_000) / 10_000);
  }
}
