// SPDX-License-Identifier: Apache-2.0
/**
 * What a place of storage lets a program do, found by trying it: mounts and file systems that
 * cannot rename or link. Start at {@link dev.lakehouse.core.connect.volume.Volume}.
 */
@NullMarked
package dev.lakehouse.core.connect.volume;

import org.jspecify.annotations.NullMarked;
