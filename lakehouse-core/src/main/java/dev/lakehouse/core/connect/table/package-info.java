// SPDX-License-Identifier: Apache-2.0
/**
 * Manifests of delimited fields, their dialect found out. Start at {@link
 * dev.lakehouse.core.connect.table.CsvSource}.
 */
@NullMarked
package dev.lakehouse.core.connect.table;

import org.jspecify.annotations.NullMarked;
