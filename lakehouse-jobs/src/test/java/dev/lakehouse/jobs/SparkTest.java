// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.jobs.lake.delta.Sessions;
import org.apache.spark.sql.SparkSession;

/** The one session that all tests of a JVM share. */
public final class SparkTest {

  private SparkTest() {}

  private static final class Shared {
    static final SparkSession SESSION = Sessions.local("local[2]").getOrCreate();
  }

  /** The session; started by the first test that asks. */
  public static SparkSession session() {
    return Shared.SESSION;
  }
}
