// SPDX-License-Identifier: Apache-2.0
/**
 * What a model bundle says of itself: towers, networks, and what is done to an item first. Loads
 * nothing. Start at {@link dev.lakehouse.core.bundle.description.ModelBundle}.
 */
@NullMarked
package dev.lakehouse.core.bundle.description;

import org.jspecify.annotations.NullMarked;
