// SPDX-License-Identifier: Apache-2.0
/**
 * Where a picture shows what was asked for.
 *
 * <p>Start at {@link dev.lakehouse.core.search.saliency.Occlusion}.
 */
@NullMarked
package dev.lakehouse.core.search.saliency;

import org.jspecify.annotations.NullMarked;
