// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.util.List;

/** A release that nobody published, for tests of what reads one. */
public final class FirstRelease {

  private FirstRelease() {}

  /** Makes it the first of a lake that has none. */
  public static void append(LakeLayout layout, Release release) {
    LakeTables tables = new LakeTables(SparkTest.session(), layout::table);
    tables.fitQueries(0); // as a command does first
    new ReleaseLog(tables, layout)
        .append(release, new ReleaseOrigin(List.of(), Kept.nothing()), LakeTable.ABSENT);
  }
}
