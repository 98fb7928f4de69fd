// SPDX-License-Identifier: Apache-2.0
/**
 * Conditions that users write, over the columns of a table: parsed once, then told to Lance or
 * Spark in their own SQL, or asked of a row right here.
 *
 * <p>Start at {@link dev.lakehouse.core.filter.Filter}.
 */
@NullMarked
package dev.lakehouse.core.filter;

import org.jspecify.annotations.NullMarked;
