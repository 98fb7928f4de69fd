// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

/**
 * What a step that computes outcome rows did, counted in the tables.
 *
 * @param items everything that the step covers now
 * @param computed outcome rows that this run committed
 * @param failed of all items, those whose outcome is an error
 */
public record StepCounts(long items, long computed, long failed) {

  /** The share of failures over everything that the step covers. */
  public ErrorShare errors(String step) {
    return new ErrorShare(step, items, failed);
  }

  /** What the step does next if nothing changes: nothing. */
  public StepCounts again() {
    return new StepCounts(items, 0, failed);
  }

  /** The counts of two parts of a step together. */
  public StepCounts plus(StepCounts other) {
    return new StepCounts(items + other.items, computed + other.computed, failed + other.failed);
  }
}
