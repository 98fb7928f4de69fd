// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static java.util.Objects.requireNonNull;

/**
 * What a tower is run in, and why.
 *
 * @param precision of one of its networks
 * @param why for people
 */
public record PrecisionChoice(Precision precision, String why) {

  public PrecisionChoice {
    requireNonNull(precision, "precision is null");
    requireNonNull(why, "why is null");
  }

  @Override
  public String toString() {
    return "%s (%s)".formatted(precision.word(), why);
  }
}
