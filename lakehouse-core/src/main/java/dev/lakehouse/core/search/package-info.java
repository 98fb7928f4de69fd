// SPDX-License-Identifier: Apache-2.0
/**
 * Questions to a release: the nearest assets to a text or an image, under a condition.
 *
 * <p>Starts from the release that is current and reads the index version that it names, nothing
 * else. A query is embedded by the very model whose vectors the index holds. Needs no Spark.
 *
 * <p>Start at {@link dev.lakehouse.core.search.Searcher}.
 */
@NullMarked
package dev.lakehouse.core.search;

import org.jspecify.annotations.NullMarked;
