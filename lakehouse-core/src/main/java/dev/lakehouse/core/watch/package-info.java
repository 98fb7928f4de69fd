// SPDX-License-Identifier: Apache-2.0
/**
 * Looks: at a lake, where its items stand and what its tables say; at a JVM, its machine, the
 * storage and the models, whether they can do the work. Needs no Spark and changes nothing.
 *
 * <p>Start at {@link dev.lakehouse.core.watch.LakeView} and at {@link
 * dev.lakehouse.core.watch.Examination}.
 */
@NullMarked
package dev.lakehouse.core.watch;

import org.jspecify.annotations.NullMarked;
