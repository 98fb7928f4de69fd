// SPDX-License-Identifier: Apache-2.0
/**
 * The tables of a lake, and the only way that anything becomes published.
 *
 * <p>{@link dev.lakehouse.jobs.lake.delta.LakeTable} is one Delta table: every commit to it carries
 * a {@link dev.lakehouse.jobs.lake.delta.CommitNote} that says which run made it from which
 * versions, so that a stage knows what it has seen and a lost acknowledgement can be told from a
 * lost commit. {@link dev.lakehouse.jobs.lake.delta.Waves} commits long work piece by piece. {@link
 * dev.lakehouse.jobs.lake.release.Publication} is the release protocol.
 *
 * <p>Start at {@link dev.lakehouse.jobs.lake.delta.LakeTables}.
 */
@NullMarked
package dev.lakehouse.jobs.lake;

import org.jspecify.annotations.NullMarked;
