// SPDX-License-Identifier: Apache-2.0
/** The lakehouse, measured. */
@NullMarked
package dev.lakehouse.bench.own;

import org.jspecify.annotations.NullMarked;
