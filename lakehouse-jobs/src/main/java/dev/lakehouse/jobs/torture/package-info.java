// SPDX-License-Identifier: Apache-2.0
/**
 * Kills commands at the worst moments and shows that repeating them ends in the same lake.
 *
 * <p>A small lake goes through every stage twice: once in peace, and once for each round with its
 * processes killed. The parent starts no Spark: it starts the stages as processes of their own, and
 * reads what they left through {@code core.lake}.
 *
 * <p>Start at {@link dev.lakehouse.jobs.torture.Torture}.
 */
@NullMarked
package dev.lakehouse.jobs.torture;

import org.jspecify.annotations.NullMarked;
