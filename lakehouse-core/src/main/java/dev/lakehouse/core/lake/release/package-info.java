// SPDX-License-Identifier: Apache-2.0
/**
 * Releases beside each other: {@link dev.lakehouse.core.lake.release.ReleaseComparison} reads the
 * catalogs of two and tells what readers see otherwise.
 */
@NullMarked
package dev.lakehouse.core.lake.release;

import org.jspecify.annotations.NullMarked;
