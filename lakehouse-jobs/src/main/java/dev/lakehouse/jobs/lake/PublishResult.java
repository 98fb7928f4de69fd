// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import dev.lakehouse.core.lake.Release;

/**
 * What publishing did.
 *
 * @param outcome whether there is a new release
 * @param release the new release, or the one that already says the same
 * @param added rows that came into the catalog
 * @param updated rows that changed
 * @param removed rows that left
 */
public record PublishResult(
    Outcome outcome, Release release, long added, long updated, long removed) {

  /** What came of it. */
  public enum Outcome {
    /** A new release is current. */
    RELEASED,
    /** The current release already says the same. */
    UNCHANGED,
    /** The same was released and withdrawn; it is not released again on its own. */
    WITHDRAWN
  }

  static PublishResult nothingNew(Outcome outcome, Release release) {
    return new PublishResult(outcome, release, 0, 0, 0);
  }
}
