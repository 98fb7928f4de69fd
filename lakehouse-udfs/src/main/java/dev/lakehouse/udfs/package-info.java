// SPDX-License-Identifier: Apache-2.0
/**
 * What runs on executors: partition functions over plain columns, and the models that they share.
 *
 * <p>A room here is the executor half of the room of the same name in {@code core}. A function's
 * fields are plain serialisable values; whatever is native is opened and closed inside one
 * partition or leased from what the executor keeps warm.
 *
 * <p>Start at {@link dev.lakehouse.udfs.SparkColumns}.
 */
@NullMarked
package dev.lakehouse.udfs;

import org.jspecify.annotations.NullMarked;
