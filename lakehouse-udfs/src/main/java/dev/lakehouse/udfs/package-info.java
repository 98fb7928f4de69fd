// SPDX-License-Identifier: Apache-2.0
/** Placeholder of the room's sign. */
@NullMarked
package dev.lakehouse.udfs;

import org.jspecify.annotations.NullMarked;
