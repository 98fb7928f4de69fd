// SPDX-License-Identifier: Apache-2.0
/**
 * Opens the tables, hands Datasets to the stages, and writes what comes back.
 *
 * <p>A stage is a transform and knows no table; a step is the work around it: what is missing, in
 * which waves, committed how, counted from what was committed.
 *
 * <p>Start at {@link dev.lakehouse.jobs.pipeline.IngestStep}.
 */
@NullMarked
package dev.lakehouse.jobs.pipeline;

import org.jspecify.annotations.NullMarked;
