// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;

/** Makes the one row that every measured thing leaves with. */
public final class Outcomes {
  private static final int MAX_MESSAGE = 500;

  private final Table measurements;
  private final String run;

  /**
   * @param run that measures, for the rows
   */
  public Outcomes(Probes probes, String run) {
    this.measurements = probes.measurements();
    this.run = run;
  }

  /** The row of something that was measured, still without its figures. */
  public Values row(String sha256, String probe) {
    return Values.of(measurements)
        .set("sha256", sha256)
        .set("probe", probe)
        .set("attempts", 1)
        .set("run", run);
  }

  /** The row of something that could not be measured. */
  public Values failed(String sha256, String probe, ItemError code, String message) {
    return row(sha256, probe)
        .set("error_class", code.cause().word())
        .set("error_code", code.name())
        .set("error_message", message.substring(0, Math.min(MAX_MESSAGE, message.length())));
  }
}
