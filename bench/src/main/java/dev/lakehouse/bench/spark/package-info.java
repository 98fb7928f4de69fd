// SPDX-License-Identifier: Apache-2.0
/** Spark without the lakehouse, as it is often written. */
@NullMarked
package dev.lakehouse.bench.spark;

import org.jspecify.annotations.NullMarked;
