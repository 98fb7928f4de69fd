// SPDX-License-Identifier: Apache-2.0
/**
 * Brings the items of a source in.
 *
 * <p>A source is listed into an {@link dev.lakehouse.jobs.content.ItemSpool}, so that the driver
 * never holds all of it; {@link dev.lakehouse.jobs.content.IngestStage} turns each item into a row
 * of {@code assets} or of {@code dead_letters}.
 *
 * <p>Start at {@link dev.lakehouse.jobs.content.IngestStage}.
 */
@NullMarked
package dev.lakehouse.jobs.content;

import org.jspecify.annotations.NullMarked;
