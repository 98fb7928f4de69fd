// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.jobs.lake.release.Publication;
import dev.lakehouse.jobs.lake.release.Publication.Step;

/** Ends the process right after a step of publish, as a crash there would. */
public final class HaltAfter implements Publication.Steps {
  /** A system property of the process that is to be ended; set by torture alone. */
  static final String PROPERTY = "lakehouse.torture.halt-after";

  private final Step last;

  private HaltAfter(Step last) {
    this.last = last;
  }

  /** What this process was started to do: in everyday life nothing. */
  public static Publication.Steps told() {
    String step = System.getProperty(PROPERTY);
    return step == null ? done -> {} : new HaltAfter(Step.valueOf(step));
  }

  @Override
  public void done(Step step) {
    if (step == last) {
      Runtime.getRuntime().halt(ChildProcess.KILLED);
    }
  }
}
