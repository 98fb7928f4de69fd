// SPDX-License-Identifier: Apache-2.0
/**
 * Looks at the lakehouse and tells; changes nothing.
 *
 * <p>Start at {@link dev.lakehouse.jobs.watch.Doctor}.
 */
@NullMarked
package dev.lakehouse.jobs.watch;

import org.jspecify.annotations.NullMarked;
