// SPDX-License-Identifier: Apache-2.0
/**
 * What a service answers from, without the protocol: one release at a time, held while an answer is
 * made and exchanged for a newer one without an answer that mixes both; its rows, contents and
 * previews.
 *
 * <p>Start at {@link dev.lakehouse.core.serve.CurrentRelease}. Needs no Spark.
 */
@NullMarked
package dev.lakehouse.core.serve;

import org.jspecify.annotations.NullMarked;
