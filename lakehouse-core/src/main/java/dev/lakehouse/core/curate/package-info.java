// SPDX-License-Identifier: Apache-2.0
/**
 * Measures content once, and holds the rules by which it is judged many times.
 *
 * <p>A {@link dev.lakehouse.core.curate.Probe} turns a content into one row of figures, or into the
 * code of what stood in the way. A policy is SQL over those figures, so thresholds move without
 * touching media.
 *
 * <p>Start at {@link dev.lakehouse.core.curate.Policy}; the columns that a rule may name are {@link
 * dev.lakehouse.core.curate.Judged#view}.
 */
@NullMarked
package dev.lakehouse.core.curate;

import org.jspecify.annotations.NullMarked;
