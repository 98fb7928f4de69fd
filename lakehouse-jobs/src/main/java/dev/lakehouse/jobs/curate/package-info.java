// SPDX-License-Identifier: Apache-2.0
/**
 * Finds duplicates and judges.
 *
 * <p>Everything here is SQL over kept figures: no medium is opened, so a policy can move where the
 * media are out of reach.
 *
 * <p>Start at {@link dev.lakehouse.jobs.curate.JudgeStage}.
 */
@NullMarked
package dev.lakehouse.jobs.curate;

import org.jspecify.annotations.NullMarked;
