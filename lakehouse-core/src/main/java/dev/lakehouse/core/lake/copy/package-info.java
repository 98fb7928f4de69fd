// SPDX-License-Identifier: Apache-2.0
/**
 * Indexes on storage that Lance cannot work on: each version is a list of files, which lie in a
 * store under their digests, and is fetched to the local disk of whoever reads it.
 *
 * <p>Knows files and nothing of what is in them. Start at {@link
 * dev.lakehouse.core.lake.copy.IndexCopies} for the store and at {@link
 * dev.lakehouse.core.lake.copy.LocalCopies} for the disk.
 */
@NullMarked
package dev.lakehouse.core.lake.copy;

import org.jspecify.annotations.NullMarked;
