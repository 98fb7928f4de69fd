// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.jobs.Interruption;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.command.option.CommonOptions;
import dev.lakehouse.jobs.command.option.LakePlace;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.delta.Sessions;
import org.apache.spark.sql.SparkSession;

/** Starts Spark for a command; apart from the commands, which must load without it. */
final class OpenLake {

  private OpenLake() {}

  /** The lake that the options name, which is there: on a local disk that is seen without Spark. */
  static Lakehouse existing(CommonOptions options, String command, Progress progress) {
    LakePlace.requireLake(LakeLayout.of(options.lake(), options.settings()));
    return of(options, command, progress);
  }

  /** The same lake, which may come to be now. */
  static Lakehouse created(CommonOptions options, String command, Progress progress) {
    LakePlace.requireRoom(LakeLayout.of(options.lake(), options.settings()));
    return of(options, command, progress);
  }

  /** The lake that the options name; whatever is wrong with them is told before Spark starts. */
  private static Lakehouse of(CommonOptions options, String command, Progress progress) {
    Settings settings = options.settings();
    String lake = options.lake();
    settings.remarks().forEach(progress::say);
    progress.stage("starting Spark");
    SparkSession spark = Sessions.ofProcess("lakehouse " + command);
    if (!JvmOwner.ofProcess().lendsSpark()) {
      Interruption.cancels(() -> cancel(spark), spark::stop);
    }
    return Lakehouse.open(spark, lake, settings, progress);
  }

  /** Ends the jobs that run now, without what Spark says about it. */
  private static void cancel(SparkSession spark) {
    spark.sparkContext().setLogLevel("OFF");
    spark.sparkContext().cancelAllJobs();
  }
}
