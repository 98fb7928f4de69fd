// SPDX-License-Identifier: Apache-2.0
/**
 * The executor's half of a search index: fragments written, and rows read, by many tasks at once.
 *
 * <p>What is written here belongs to no version until the driver commits it with {@code
 * core.lake.LanceIndex}.
 *
 * <p>Start at {@link dev.lakehouse.udfs.lake.LanceFragments}.
 */
@NullMarked
package dev.lakehouse.udfs.lake;

import org.jspecify.annotations.NullMarked;
