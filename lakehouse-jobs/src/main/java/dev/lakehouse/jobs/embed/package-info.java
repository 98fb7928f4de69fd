// SPDX-License-Identifier: Apache-2.0
/**
 * Turns what passed into vectors.
 *
 * <p>Each input is embedded once for each encoder, whoever refers to it: a caption that a hundred
 * images share is one row.
 *
 * <p>Start at {@link dev.lakehouse.jobs.embed.EmbedStage}. A new model is a new bundle and nothing
 * else.
 */
@NullMarked
package dev.lakehouse.jobs.embed;

import org.jspecify.annotations.NullMarked;
