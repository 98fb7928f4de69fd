// SPDX-License-Identifier: Apache-2.0
/**
 * What an asset is: its id, its modality, its media type.
 *
 * <p>Start at {@link dev.lakehouse.core.asset.AssetId}.
 */
@NullMarked
package dev.lakehouse.core.asset;

import org.jspecify.annotations.NullMarked;
