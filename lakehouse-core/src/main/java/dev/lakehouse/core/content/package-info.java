// SPDX-License-Identifier: Apache-2.0
/**
 * Content: bytes kept under the hash of what they are.
 *
 * <p>Text that can be decoded and is short stands in its row; everything else is a blob. Nothing
 * stored is ever changed, and nothing is read back without being checked against its name.
 *
 * <p>Start at {@link dev.lakehouse.core.content.BlobStore}, which is what storage must promise; the
 * room below brings items in.
 */
@NullMarked
package dev.lakehouse.core.content;

import org.jspecify.annotations.NullMarked;
