// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts stages as processes of their own.
 *
 * @param jvm that they run in
 * @param folder local, for what they say and the sample that they work on
 */
record Commands(ChildJvm jvm, Path folder) {

  /** Local folder of what the last process of each stage said. */
  Path logs() {
    return folder.resolve("logs");
  }

  /**
   * Starts a stage on a lake.
   *
   * @param options of its process
   */
  ChildProcess start(Stage stage, TrialLake lake, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of(stage.name()));
    arguments.addAll(lake.options());
    arguments.addAll(stage.options());
    List<String> all = new ArrayList<>(options);
    if (Files.exists(archive())) {
      all.add("-XX:SharedArchiveFile=" + archive());
    }
    return jvm.start(all, arguments, log(stage));
  }

  /** Classes as the JVM maps them, which spares each process some seconds of its start. */
  private Path archive() {
    return folder.resolve("classes.jsa");
  }

  private Path log(Stage stage) {
    return logs().resolve(stage.name() + ".log");
  }

  /** Does a stage to its end and returns its exit code. */
  int run(Stage stage, TrialLake lake) {
    return run(stage, lake, List.of());
  }

  private int run(Stage stage, TrialLake lake, List<String> options) {
    try (ChildProcess child = start(stage, lake, options)) {
      return child.await();
    }
  }

  /**
   * Does a stage that nothing disturbs.
   *
   * @throws LakehouseException if it fails all the same
   */
  void require(Stage stage, TrialLake lake) {
    require(stage, run(stage, lake));
  }

  /** Does the same, and keeps the classes that were loaded for the processes to come. */
  void requireAndLearn(Stage stage, TrialLake lake) {
    require(stage, run(stage, lake, List.of("-XX:ArchiveClassesAtExit=" + archive())));
  }

  private void require(Stage stage, int exitCode) {
    if (exitCode != 0) {
      throw LakehouseException.of(
          ErrorCode.UNEXPECTED,
          "Cannot begin: '%s' ended with %d before anything was killed. Its log is %s",
          stage.name(),
          exitCode,
          log(stage));
    }
  }
}
