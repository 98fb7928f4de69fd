// SPDX-License-Identifier: Apache-2.0
/**
 * How fast a warm index answers, beside those of others on the same vectors. Start reading at
 * {@link dev.lakehouse.bench.search.SearchContest}.
 */
@NullMarked
package dev.lakehouse.bench.search;

import org.jspecify.annotations.NullMarked;
