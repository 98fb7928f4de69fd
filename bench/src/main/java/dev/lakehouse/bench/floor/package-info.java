// SPDX-License-Identifier: Apache-2.0
/**
 * The floor of a machine: the same work in a bare loop, without Spark and without our runtime.
 *
 * <p>Same weights, same decoder, same resampling, same tokenizer; one thread for each core, each
 * with a batch of its own, on one session that has no threads and does not spin.
 */
@NullMarked
package dev.lakehouse.bench.floor;

import org.jspecify.annotations.NullMarked;
