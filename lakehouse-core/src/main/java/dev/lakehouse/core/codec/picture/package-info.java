// SPDX-License-Identifier: Apache-2.0
/**
 * Pictures: a reader for each format, whole or not at all. Start at {@link
 * dev.lakehouse.core.codec.picture.ImageCodec}. A new format is a reader here and a line in {@link
 * dev.lakehouse.core.codec.ImageFormat}.
 */
@NullMarked
package dev.lakehouse.core.codec.picture;

import org.jspecify.annotations.NullMarked;
