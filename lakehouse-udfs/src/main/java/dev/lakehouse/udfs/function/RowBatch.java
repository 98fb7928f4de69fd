// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Rows on their way to a function; they become Arrow only under its hands, so that no native memory
 * waits in a queue.
 *
 * @param rows with the columns that the function sees
 * @param bytes of them, and of what is kept beside them
 * @param place where they come from, for messages
 */
record RowBatch(List<UnsafeRow> rows, long bytes, String place) {}
