// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

import java.time.Instant;
import java.util.List;

/**
 * What was found, and whether it is gone.
 *
 * @param applied whether it was removed
 * @param horizon what is younger was not looked at
 * @param underway runs without a report that may still be at work; empty ones hold nothing back
 * @param leftovers by kind and place
 */
public record GcResult(
    boolean applied, Instant horizon, List<String> underway, List<Leftovers> leftovers) {

  public GcResult {
    underway = List.copyOf(underway);
    leftovers = List.copyOf(leftovers);
  }

  /** How many things were found. */
  public long count() {
    return leftovers.stream().mapToLong(Leftovers::count).sum();
  }

  /** How long they are together. */
  public long bytes() {
    return leftovers.stream().mapToLong(Leftovers::bytes).sum();
  }
}
