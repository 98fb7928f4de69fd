// SPDX-License-Identifier: Apache-2.0
/**
 * Models of real architectures with random weights: they cost the arithmetic of trained ones, and
 * their vectors mean nothing.
 *
 * <p>Start at {@link dev.lakehouse.bench.model.ClipExport}.
 */
@NullMarked
package dev.lakehouse.bench.model;

import org.jspecify.annotations.NullMarked;
