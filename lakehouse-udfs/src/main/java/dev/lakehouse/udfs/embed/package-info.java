// SPDX-License-Identifier: Apache-2.0
/**
 * The executor half of embedding: rows that name a text or an image become rows of {@code
 * embeddings}, through the encoders that the executor keeps warm.
 *
 * <p>Start at {@link dev.lakehouse.udfs.embed.EmbedPartition}.
 */
@NullMarked
package dev.lakehouse.udfs.embed;

import org.jspecify.annotations.NullMarked;
