// SPDX-License-Identifier: Apache-2.0
/**
 * How fast the house is, beside the floor of the machine and beside others.
 *
 * <p>Not part of a build; {@code bench/run} builds and starts it.
 */
@NullMarked
package dev.lakehouse.bench;

import org.jspecify.annotations.NullMarked;
