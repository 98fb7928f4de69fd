// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts processes like this one: the same Java, options, class path and Spark settings, whether
 * the launcher or spark-submit started it.
 */
public final class ChildJvm {
  private static final String TMP = "-Djava.io.tmpdir=";

  /** What each process has of its own, or must not have: the archive is one that torture makes. */
  private static final List<String> OF_ITS_OWN =
      List.of(TMP, "-agentlib:", "-XX:SharedArchiveFile=");

  /**
   * A process that lives for seconds gains nothing from the optimising compiler; and what the JVM
   * says of a class archive is no concern of anybody.
   */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-Xlog:disable");

  private final List<String> java;
  private final String main;

  private ChildJvm(List<String> java, String main) {
    this.java = List.copyOf(java);
    this.main = main;
  }

  /**
   * Processes like this one.
   *
   * @param main what they run
   */
  public static ChildJvm likeThis(Class<?> main) {
    List<String> options = new ArrayList<>();
    options.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (OF_ITS_OWN.stream().noneMatch(option::startsWith)) {
        options.add(option);
      }
    }
    options.addAll(SHORT_LIVED);
    sparkSettings().forEach((key, value) -> options.add("-D" + key + "=" + value));
    options.add("-cp");
    options.add(classPath(main));
    return new ChildJvm(options, main.getName());
  }

  /** spark-submit hands them over as properties that are on no command line. */
  private static Map<String, String> sparkSettings() {
    Map<String, String> settings = new TreeMap<>();
    System.getProperties()
        .forEach(
            (key, value) -> {
              if (key.toString().startsWith("spark.")) {
                settings.put(key.toString(), value.toString());
              }
            });
    return settings;
  }

  /** spark-submit loads the application's jar behind its own class path. */
  private static String classPath(Class<?> main) {
    String known = System.getProperty("java.class.path");
    try {
      String own =
          Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
      return List.of(known.split(File.pathSeparator, -1)).contains(own)
          ? known
          : known + File.pathSeparator + own;
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place of " + main + " is no path", e);
    }
  }

  /**
   * Starts a command.
   *
   * @param options of this process beside those of all
   * @param arguments of the command
   * @param log hears its standard error; its standard output is of no use here
   */
  ChildProcess start(List<String> options, List<String> arguments, Path log) {
    List<String> command = new ArrayList<>(java);
    try {
      Path scratch = Files.createTempDirectory("lakehouse-child-");
      command.add(TMP + scratch);
      command.addAll(options);
      command.add(main);
      command.addAll(arguments);
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(log.toFile())
              .start();
      return ChildProcess.of(process, log, scratch);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.UNEXPECTED, "Cannot start %s: %s", arguments, e.getMessage());
    }
  }
}
