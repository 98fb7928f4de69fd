// SPDX-License-Identifier: Apache-2.0
/**
 * Sources: where items come from, and what each says about itself.
 *
 * <p>A source lists; it reads manifests but no media and stores nothing. What it cannot take is an
 * item too, with the stable code of what stands in its way, so that every input is accounted for.
 *
 * <p>Start at {@link dev.lakehouse.core.connect.Source}. A new source is one class here.
 */
@NullMarked
package dev.lakehouse.core.connect;

import org.jspecify.annotations.NullMarked;
