// SPDX-License-Identifier: Apache-2.0
/**
 * Text: bytes to characters without guessing, and what a reader of a page sees. Start at {@link
 * dev.lakehouse.core.codec.text.TextCodec}.
 */
@NullMarked
package dev.lakehouse.core.codec.text;

import org.jspecify.annotations.NullMarked;
