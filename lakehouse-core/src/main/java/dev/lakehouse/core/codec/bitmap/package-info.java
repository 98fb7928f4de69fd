// SPDX-License-Identifier: Apache-2.0
/**
 * Pixels in memory, and what turns, cuts and resizes them; knows no file format. Start at {@link
 * dev.lakehouse.core.codec.bitmap.PixelImage} and {@link dev.lakehouse.core.codec.bitmap.Resample}.
 */
@NullMarked
package dev.lakehouse.core.codec.bitmap;

import org.jspecify.annotations.NullMarked;
