// SPDX-License-Identifier: Apache-2.0
/**
 * The release protocol: from what passed to what readers see. Start at {@link
 * dev.lakehouse.jobs.lake.release.Publication}.
 */
@NullMarked
package dev.lakehouse.jobs.lake.release;

import org.jspecify.annotations.NullMarked;
