// SPDX-License-Identifier: Apache-2.0
/**
 * The vocabulary of the lakehouse: columns and tables, settings, digests, failures.
 *
 * <p>Every room imports this package and it imports none of them. The rooms below it stand in the
 * order of the flow, which is also the order of the alphabet; a room may import the rooms to its
 * left. Nothing in this module knows Spark.
 *
 * <p>Start at {@link dev.lakehouse.core.Tables}.
 */
@NullMarked
package dev.lakehouse.core;

import org.jspecify.annotations.NullMarked;
