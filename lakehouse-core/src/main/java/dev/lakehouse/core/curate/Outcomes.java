// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;

/** Makes the one row that every measured thing leaves with. */
public final class Outcomes {
  private static final int MAX_MESSAGE = 500;

  private Outcomes() {}

  /** The row of something that was measured, still without its figures. */
  static Values row(String sha256, String probe, String run) {
    return Values.of(Tables.MEASUREMENTS)
        .set("sha256", sha256)
        .set("probe", probe)
        .set("attempts", 1)
        .set("run", run);
  }

  /** The row of something that could not be measured. */
  public static Values failed(String sha256, String probe, ItemException failure, String run) {
    return failed(sha256, probe, failure.code(), String.valueOf(failure.getMessage()), run);
  }

  /** The row of something that could not be measured, with a code of one's own. */
  public static Values failed(
      String sha256, String probe, ItemError code, String message, String run) {
    return row(sha256, probe, run)
        .set("error_class", code.cause().word())
        .set("error_code", code.name())
        .set("error_message", message.substring(0, Math.min(MAX_MESSAGE, message.length())));
  }
}
