// SPDX-License-Identifier: Apache-2.0
/**
 * What of the passed assets is turned into vectors.
 *
 * <p>Each input is embedded once for each encoder, whoever refers to it: a caption that a hundred
 * images share is one row.
 *
 * <p>Start at {@link dev.lakehouse.jobs.embed.EncoderScope}; {@link
 * dev.lakehouse.udfs.embed.EmbedPartition} embeds them. A new model is a new bundle and nothing
 * else.
 */
@NullMarked
package dev.lakehouse.jobs.embed;

import org.jspecify.annotations.NullMarked;
