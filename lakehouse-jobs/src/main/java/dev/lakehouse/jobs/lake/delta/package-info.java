// SPDX-License-Identifier: Apache-2.0
/**
 * The Delta tables of a lake: what is read, how a write becomes one commit or none, and what every
 * commit says of itself. Start at {@link dev.lakehouse.jobs.lake.delta.LakeTable}.
 */
@NullMarked
package dev.lakehouse.jobs.lake.delta;

import org.jspecify.annotations.NullMarked;
