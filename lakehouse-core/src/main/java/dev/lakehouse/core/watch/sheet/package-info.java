// SPDX-License-Identifier: Apache-2.0
/**
 * One page for people with a few items of each kind. Start at {@link
 * dev.lakehouse.core.watch.sheet.SheetPage}.
 */
@NullMarked
package dev.lakehouse.core.watch.sheet;

import org.jspecify.annotations.NullMarked;
