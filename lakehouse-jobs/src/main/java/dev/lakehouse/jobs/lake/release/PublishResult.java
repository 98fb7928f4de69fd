// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.lake.Release;
import java.util.Optional;

/**
 * What publishing did.
 *
 * @param outcome whether there is a new release
 * @param release the new release, or the one that already says the same
 * @param added rows that came into the catalog
 * @param updated rows that changed
 * @param removed rows that left
 * @param unsearchable what of the release no family can search, and how to change that; empty if
 *     nothing, or if nobody asked
 */
public record PublishResult(
    Outcome outcome,
    Release release,
    long added,
    long updated,
    long removed,
    Optional<String> unsearchable) {

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
    return new PublishResult(outcome, release, 0, 0, 0, Optional.empty());
  }

  /** What publishing does next if nothing changes: nothing. */
  public PublishResult again() {
    Outcome next = outcome == Outcome.RELEASED ? Outcome.UNCHANGED : outcome;
    return nothingNew(next, release).without(unsearchable);
  }

  /** The same, saying what no family can search. */
  public PublishResult without(Optional<String> unsearchable) {
    return new PublishResult(outcome, release, added, updated, removed, unsearchable);
  }
}
