// SPDX-License-Identifier: Apache-2.0
/**
 * Columns that users' own functions derive from columns.
 *
 * <p>A user writes a {@link dev.lakehouse.udfs.function.BatchFunction}, which turns an Arrow batch
 * into Arrow columns, and a {@link dev.lakehouse.udfs.function.BatchFunctionFactory}, which
 * declares these columns and makes instances. The same pump that feeds our encoders feeds the
 * instances that an executor keeps warm.
 *
 * <p>Start at {@link dev.lakehouse.udfs.function.MapBatches}; {@code BatchPartition} is its
 * executor half.
 */
@NullMarked
package dev.lakehouse.udfs.function;

import org.jspecify.annotations.NullMarked;
