// SPDX-License-Identifier: Apache-2.0
/**
 * Shards as WebDataset writes them: tars whose members of one key are one sample. No member is ever
 * written to a disk under its name.
 *
 * <p>Start at {@link dev.lakehouse.core.connect.tar.TarSource}.
 */
@NullMarked
package dev.lakehouse.core.connect.tar;

import org.jspecify.annotations.NullMarked;
