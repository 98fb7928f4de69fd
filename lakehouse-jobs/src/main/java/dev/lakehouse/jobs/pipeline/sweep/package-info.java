// SPDX-License-Identifier: Apache-2.0
/**
 * Takes away what nothing names any more, and mends what somebody damaged. Start at {@link
 * dev.lakehouse.jobs.pipeline.sweep.GcStep}.
 */
@NullMarked
package dev.lakehouse.jobs.pipeline.sweep;

import org.jspecify.annotations.NullMarked;
