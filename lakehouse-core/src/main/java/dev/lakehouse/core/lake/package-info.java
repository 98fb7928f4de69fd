// SPDX-License-Identifier: Apache-2.0
/**
 * What is published: the places of a lake, its releases, and the search indexes that they name.
 *
 * <p>A release is read from its Delta table without Spark; an index is a Lance dataset, written in
 * fragments by many tasks and committed once by one driver. This room alone knows Delta Kernel and
 * Lance. {@code search} asks it, {@code jobs.lake} writes through it.
 *
 * <p>Start at {@link dev.lakehouse.core.lake.ReleaseReader} for reading and at {@link
 * dev.lakehouse.core.lake.index.LanceIndex} for writing.
 */
@NullMarked
package dev.lakehouse.core.lake;

import org.jspecify.annotations.NullMarked;
