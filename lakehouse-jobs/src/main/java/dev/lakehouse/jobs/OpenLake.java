// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.Sessions;
import org.apache.spark.sql.SparkSession;

/** Starts Spark for a command; apart from the commands, which must load without it. */
final class OpenLake {

  private OpenLake() {}

  /** The lake that the options name; whatever is wrong with them is told before Spark starts. */
  static Lakehouse of(CommonOptions options, String command, Progress progress) {
    Settings settings = options.settings();
    String lake = options.lake();
    LakeLayout.of(lake, settings);
    SparkSession spark = Sessions.ofProcess("lakehouse " + command);
    Interruption.cancels(() -> spark.sparkContext().cancelAllJobs(), spark::stop);
    return Lakehouse.open(spark, lake, settings, progress);
  }
}
