// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

/**
 * How near the vectors of a peer are to those of the lakehouse for the same inputs.
 *
 * @param inputs that were compared
 * @param least cosine
 * @param mean cosine
 */
public record Agreement(long inputs, double least, double mean) {}
