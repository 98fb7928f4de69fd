// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.jobs.lake.release.Publication.Step;
import java.util.Locale;

/** When a process is killed. */
sealed interface Moment {

  /**
   * From outside, after a share of the time that the stage works in peace.
   *
   * @param share 0 to 1
   */
  record AtShare(double share) implements Moment {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "at %.0f%%", 100 * share);
    }
  }

  /** By itself, right after a step of publish. */
  record AfterStep(Step step) implements Moment {
    @Override
    public String toString() {
      return "after " + step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
