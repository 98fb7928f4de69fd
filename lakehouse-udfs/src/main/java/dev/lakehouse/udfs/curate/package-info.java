// SPDX-License-Identifier: Apache-2.0
/**
 * Measures content on executors: bytes or text in, one outcome row each out.
 *
 * <p>What is measured stands in {@link dev.lakehouse.core.curate}; here it meets Spark's rows.
 *
 * <p>Start at {@link dev.lakehouse.udfs.curate.MeasurePartition}.
 */
@NullMarked
package dev.lakehouse.udfs.curate;

import org.jspecify.annotations.NullMarked;
