// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import java.util.Map;
import java.util.Properties;

/** Whose JVM a command runs in: that decides how it ends. */
enum JvmOwner {
  /** Started for this command alone, and ended with its exit code. */
  COMMAND,

  /**
   * The ApplicationMaster of YARN, in deploy mode cluster. It reports how the command ended, and
   * takes an exit for a crash, whatever the code.
   */
  YARN,

  /** The driver of a Databricks cluster, whose Spark, signals and streams others use as well. */
  DATABRICKS;

  /** The owner of this JVM. */
  static JvmOwner ofProcess() {
    return of(System.getenv(), System.getProperties());
  }

  private static JvmOwner of(Map<String, String> environment, Properties properties) {
    if (environment.containsKey("DATABRICKS_RUNTIME_VERSION")) {
      return DATABRICKS;
    }
    boolean yarn = properties.getProperty("spark.master", "").equals("yarn");
    boolean cluster = properties.getProperty("spark.submit.deployMode", "").equals("cluster");
    return yarn && cluster ? YARN : COMMAND;
  }

  /** Whether Spark was there before the command, and has to be there after it. */
  boolean lendsSpark() {
    return this == DATABRICKS;
  }

  /**
   * Whether a command that has no use for Spark may leave it alone: a cluster that was asked for it
   * takes its absence for a failure.
   */
  boolean mayEndWithoutSpark() {
    return this == COMMAND && System.getProperty("spark.master", "local").startsWith("local");
  }

  /**
   * Ends a command: leaves the JVM if that is the command's own; else returns, or throws where it
   * failed.
   *
   * @throws IllegalStateException in the JVM of somebody else, if the exit code is not 0
   */
  void end(int exitCode) {
    if (this == COMMAND) {
      System.exit(exitCode);
    }
    if (exitCode != 0) {
      throw new IllegalStateException("lakehouse ended with exit code " + exitCode);
    }
  }
}
