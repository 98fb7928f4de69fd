// SPDX-License-Identifier: Apache-2.0
/**
 * Looks, which change nothing and need no Spark: {@code state} at a lake, where its items stand and
 * what its tables say; {@code health} at a JVM, its machine, the storage and the models; {@code
 * sheet} puts samples on a page; {@code survey} finds out what a run did, and {@code report} is the
 * page that tells it.
 *
 * <p>Start at {@link dev.lakehouse.core.watch.state.LakeView} and at {@link
 * dev.lakehouse.core.watch.health.Examination}.
 */
@NullMarked
package dev.lakehouse.core.watch;

import org.jspecify.annotations.NullMarked;
