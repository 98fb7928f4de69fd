// SPDX-License-Identifier: Apache-2.0
/**
 * Moves items of many tasks through a device in batches, so that no core and no device waits while
 * there is work and memory for it.
 *
 * <p>A pump knows no codec and no model: what is done to an item is in {@link
 * dev.lakehouse.core.batch.PumpSteps}. Its threads fetch, prepare and infer; tasks submit items and
 * take their outcomes back in their own order, through a {@link dev.lakehouse.core.batch.Session}.
 *
 * <p>Start at {@link dev.lakehouse.core.batch.Pump}; the rules of what moves when are in {@code
 * Queues}, those of memory in {@code Budget}.
 */
@NullMarked
package dev.lakehouse.core.batch;

import org.jspecify.annotations.NullMarked;
