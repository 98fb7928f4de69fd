// SPDX-License-Identifier: Apache-2.0
/**
 * Turns pictures and texts into vectors.
 *
 * <p>An encoder is a tower of a bundle with everything around it that decides a vector: decoding,
 * preprocessing, pooling, normalisation, precision and runtime. All of it is in the encoder's
 * digest, by which vectors are named. Every input yields one outcome: a vector of norm 1, or the
 * stable code of what stood in its way.
 *
 * <p>Start at {@link dev.lakehouse.core.embed.EncoderSpec} and {@link
 * dev.lakehouse.core.embed.WarmEncoders}; tasks go through {@link
 * dev.lakehouse.core.embed.WarmPumps}.
 */
@NullMarked
package dev.lakehouse.core.embed;

import org.jspecify.annotations.NullMarked;
