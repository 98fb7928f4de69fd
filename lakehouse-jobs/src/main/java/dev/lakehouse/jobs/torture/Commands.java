// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts stages as processes of their own.
 *
 * @param jvm that they run in
 * @param logs local folder of what they say
 */
record Commands(ChildJvm jvm, Path logs) {

  /** Starts a stage on a lake. */
  ChildProcess start(Stage stage, TrialLake lake, Map<String, String> properties) {
    List<String> arguments = new ArrayList<>(List.of(stage.name()));
    arguments.addAll(lake.options());
    arguments.addAll(stage.options());
    return jvm.start(properties, arguments, logs.resolve(stage.name() + ".log"));
  }

  /** Does a stage to its end and returns its exit code. */
  int run(Stage stage, TrialLake lake) {
    try (ChildProcess child = start(stage, lake, Map.of())) {
      return child.await();
    }
  }

  /**
   * Does a stage that nothing disturbs.
   *
   * @throws LakehouseException if it fails all the same
   */
  void require(Stage stage, TrialLake lake) {
    int exitCode = run(stage, lake);
    if (exitCode != 0) {
      throw LakehouseException.of(
          ErrorCode.UNEXPECTED,
          "Cannot begin: '%s' ended with %d before anything was killed. Its log is %s",
          stage.name(),
          exitCode,
          logs.resolve(stage.name() + ".log"));
    }
  }
}
