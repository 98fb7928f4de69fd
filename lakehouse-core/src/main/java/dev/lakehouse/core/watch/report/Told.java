// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.Optional;

/**
 * Something that a report tells or, where it cannot, why not.
 *
 * @param value what is told
 * @param why nobody can tell it; empty where it is told
 */
public record Told<T>(Optional<T> value, String why) {

  /** What could be found out. */
  public static <T> Told<T> of(T value) {
    return new Told<>(Optional.of(value), "");
  }

  /** What could not, as a sentence. */
  public static <T> Told<T> not(String why) {
    return new Told<>(Optional.empty(), why);
  }
}
