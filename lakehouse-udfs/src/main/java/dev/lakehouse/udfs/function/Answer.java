// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * What a function made of a batch.
 *
 * @param rows with the declared columns, one for each row of the batch
 * @param madeInstance whether an instance had to be made first
 */
record Answer(List<UnsafeRow> rows, boolean madeInstance) {}
