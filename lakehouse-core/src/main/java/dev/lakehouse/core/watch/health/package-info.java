// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a JVM can do the work: its machine, its natives, the storage and the models, each a
 * {@link dev.lakehouse.core.watch.health.Check}. Start at {@link
 * dev.lakehouse.core.watch.health.Examination}.
 */
@NullMarked
package dev.lakehouse.core.watch.health;

import org.jspecify.annotations.NullMarked;
