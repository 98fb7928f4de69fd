// SPDX-License-Identifier: Apache-2.0
/**
 * Tries on executors what the driver cannot see.
 *
 * <p>Start at {@link dev.lakehouse.udfs.watch.ExamineExecutor}.
 */
@NullMarked
package dev.lakehouse.udfs.watch;

import org.jspecify.annotations.NullMarked;
