// SPDX-License-Identifier: Apache-2.0
/**
 * Tries whether a JVM, its machine, the storage and the models can do the work.
 *
 * <p>Start at {@link dev.lakehouse.core.watch.Examination}.
 */
@NullMarked
package dev.lakehouse.core.watch;

import org.jspecify.annotations.NullMarked;
