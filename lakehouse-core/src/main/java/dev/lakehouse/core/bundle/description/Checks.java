// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import org.jspecify.annotations.Nullable;

/** Refuses a part of a bundle that makes no sense; the reader adds which bundle it was. */
public final class Checks {

  private Checks() {}

  public static void check(boolean holds, String message, @Nullable Object... args) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(args));
    }
  }
}
