// SPDX-License-Identifier: Apache-2.0
/**
 * Search indexes in Lance: what stands in them, how a release changes one in a single transaction,
 * and how they are read. Every call into the library runs under a watch. Start at {@link
 * dev.lakehouse.core.lake.index.LanceIndex}.
 */
@NullMarked
package dev.lakehouse.core.lake.index;

import org.jspecify.annotations.NullMarked;
