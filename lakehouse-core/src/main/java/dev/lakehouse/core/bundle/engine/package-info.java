// SPDX-License-Identifier: Apache-2.0
/**
 * Finds bundles, checks every byte of them and runs their networks. Start at {@link
 * dev.lakehouse.core.bundle.engine.LoadedTower}.
 */
@NullMarked
package dev.lakehouse.core.bundle.engine;

import org.jspecify.annotations.NullMarked;
