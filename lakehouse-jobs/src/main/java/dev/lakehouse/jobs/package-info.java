// SPDX-License-Identifier: Apache-2.0
/**
 * The library: what can be done with a lake, a method for each command, and the run that does all
 * of it.
 *
 * <p>Imports every room but the commands, and only these import it. A stage is a transform; only
 * what stands here opens the tables of a lake and hands Datasets in.
 *
 * <p>Start at {@link dev.lakehouse.jobs.Lakehouse}.
 */
@NullMarked
package dev.lakehouse.jobs;

import org.jspecify.annotations.NullMarked;
