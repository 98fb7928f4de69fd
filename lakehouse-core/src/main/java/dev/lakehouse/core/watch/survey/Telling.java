// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.watch.report.Told;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds things out one by one: what cannot be read keeps nothing else from being told.
 *
 * @param lake where they are found out
 */
record Telling(LakeReader lake) {

  <T> Told<T> told(Supplier<T> survey) {
    try {
      return Told.of(survey.get());
    } catch (LakehouseException e) {
      return untold(e);
    }
  }

  /** What follows from something, if that could be told. */
  <T, U> Told<U> then(Told<T> first, Function<T, U> survey) {
    return first
        .value()
        .map(value -> this.<U>told(() -> survey.apply(value)))
        .orElseGet(() -> Told.not(first.why()));
  }

  /** What a version of the past no longer has was most likely swept away, and is no damage. */
  private <T> Told<T> untold(LakehouseException e) {
    boolean isSwept = lake.isPast() && e.code() == ErrorCode.INTEGRITY;
    return Told.not(
        isSwept
            ? "This cannot be told any more: what the tables held then is no longer kept, unless"
                + " something is damaged. Reading it said: "
                + e.getMessage()
            : "This cannot be told. " + e.getMessage());
  }
}
