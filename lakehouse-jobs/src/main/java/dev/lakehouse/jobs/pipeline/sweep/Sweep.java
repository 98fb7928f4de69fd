// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

/**
 * Leftovers, and how they go.
 *
 * @param found what there is
 * @param removal removes it; may be done again
 */
record Sweep(Leftovers found, Runnable removal) {}
