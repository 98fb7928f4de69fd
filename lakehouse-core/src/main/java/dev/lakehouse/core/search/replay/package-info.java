// SPDX-License-Identifier: Apache-2.0
/**
 * Questions that a lake keeps with what they are to find, asked again of whatever release is
 * current: how well it answers, and from which score on an answer convinces.
 *
 * <p>Start at {@link dev.lakehouse.core.search.replay.Replay}; {@link
 * dev.lakehouse.core.search.replay.ReplayMemory} keeps the questions, {@link
 * dev.lakehouse.core.search.replay.Calibrating} makes thresholds of them.
 */
@NullMarked
package dev.lakehouse.core.search.replay;

import org.jspecify.annotations.NullMarked;
