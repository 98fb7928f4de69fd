// SPDX-License-Identifier: Apache-2.0
/**
 * From where on a whole run has nothing to do, so that the next one is told so without Spark.
 *
 * <p>A whole run ends at a point that the same run would not move from: {@link
 * dev.lakehouse.jobs.watch.settled.Settled} notes the versions of all tables there and {@link
 * dev.lakehouse.jobs.watch.settled.Asked}, what the run went by. As long as both are the same, only
 * its sources can give it something to do, and {@link
 * dev.lakehouse.jobs.watch.settled.UnchangedSource} looks at those.
 */
@NullMarked
package dev.lakehouse.jobs.watch.settled;

import org.jspecify.annotations.NullMarked;
