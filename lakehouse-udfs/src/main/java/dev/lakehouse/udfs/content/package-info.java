// SPDX-License-Identifier: Apache-2.0
/**
 * The executor half of ingest.
 *
 * <p>Items come in as the columns of {@link dev.lakehouse.udfs.content.SourceItemColumns} and leave
 * as a row of {@code assets} or of {@code dead_letters}.
 *
 * <p>Start at {@link dev.lakehouse.udfs.content.IngestPartition}.
 */
@NullMarked
package dev.lakehouse.udfs.content;

import org.jspecify.annotations.NullMarked;
