// SPDX-License-Identifier: Apache-2.0
/**
 * Where the items of a lake stand and why, told from its tables. Start at {@link
 * dev.lakehouse.core.watch.state.LakeView}.
 */
@NullMarked
package dev.lakehouse.core.watch.state;

import org.jspecify.annotations.NullMarked;
