// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.delta.Sessions;
import org.apache.spark.sql.SparkSession;

/** The one session that all tests of a JVM share. */
public final class SparkTest {

  private SparkTest() {}

  private static final class Shared {
    static final SparkSession SESSION = Sessions.local("local[2]").getOrCreate();
  }

  private static final class ForFewRows {
    static final SparkSession SESSION = fitted();

    private static SparkSession fitted() {
      String nowhere = System.getProperty("java.io.tmpdir") + "/no-lake/";
      LakeTables tables = new LakeTables(session(), table -> nowhere + table.name());
      tables.fitQueries(0);
      return tables.spark();
    }
  }

  /** The session; started by the first test that asks. */
  public static SparkSession session() {
    return Shared.SESSION;
  }

  /** A session beside it that runs queries as commands do over few rows. */
  public static SparkSession forFewRows() {
    return ForFewRows.SESSION;
  }
}
