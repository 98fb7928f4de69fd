// SPDX-License-Identifier: Apache-2.0
/**
 * How Hadoop reaches files: the settings it takes, and local files without a process for each.
 * Start with {@link dev.lakehouse.core.access.HadoopSettings}.
 */
@NullMarked
package dev.lakehouse.core.access;

import org.jspecify.annotations.NullMarked;
