// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.option;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;

/** How much of a long answer is shown. */
public final class Limit {

  private Limit() {}

  /** Refuses a limit that is none. */
  public static void require(int limit) {
    if (limit < 0) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID, "Invalid --limit: %d (must not be negative)", limit);
    }
  }
}
