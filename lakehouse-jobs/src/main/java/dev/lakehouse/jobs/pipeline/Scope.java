// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

/** What a step looks at to find what is missing. */
public enum Scope {
  /** What changed since the step was last done, by Delta's change feed. */
  CHANGED,
  /** Everything. */
  ALL
}
