// SPDX-License-Identifier: Apache-2.0
/**
 * What a lake holds as a whole, read as a reader would, to compare it with what it should hold.
 * Start at {@link dev.lakehouse.core.lake.proof.ReleasedRows}.
 */
@NullMarked
package dev.lakehouse.core.lake.proof;

import org.jspecify.annotations.NullMarked;
