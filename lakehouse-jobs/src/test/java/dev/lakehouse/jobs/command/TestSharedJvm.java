// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the JVM of a platform a command leaves everything as it was, and never ends the JVM. */
class TestSharedJvm {
  private static final String REFUSED =
      " threw java.lang.IllegalStateException: lakehouse ended with exit code 2";

  @TempDir Path folder;

  @Test
  void onDatabricksSparkAndSignalsAndStreamsAreLeftAlone() throws Exception {
    Path texts = Files.createDirectory(folder.resolve("texts"));
    Files.writeString(texts.resolve("a.txt"), "The boats return to the harbour when it is dark.");
    List<String> said =
        said(
            Map.of("DATABRICKS_RUNTIME_VERSION", "16.4"),
            List.of(),
            texts.toString(),
            folder.resolve("lake").toString());

    assertThat(said)
        .containsSubsequence(
            "ingest returned",
            "audit" + REFUSED,
            "same out: true",
            "same signals: true",
            "same catalog: true",
            "Spark counts 3",
            "the JVM lives");
  }

  /** The ApplicationMaster takes an exit for a crash, also one with code 0. */
  @Test
  void onYarnTheApplicationMasterIsToldByReturningOrThrowing() throws Exception {
    List<String> said =
        said(
            Map.of(),
            List.of("-Dspark.master=yarn", "-Dspark.submit.deployMode=cluster"),
            folder.resolve("no-lake").toString());

    assertThat(said).containsSubsequence("--version returned", "status" + REFUSED, "the JVM lives");
  }

  @Test
  void elsewhereTheProcessEndsWithTheExitCode() throws Exception {
    Process process =
        start(
            Map.of(),
            List.of("-Dspark.master=yarn", "-Dspark.submit.deployMode=client"),
            folder.resolve("no-lake").toString());

    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero(); // that of --version, the first command
    assertThat(said()).noneMatch(line -> line.endsWith("returned"));
  }

  private List<String> said(Map<String, String> environment, List<String> options, String... args)
      throws IOException, InterruptedException {
    Process process = start(environment, options, args);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("err.txt"))).isZero();
    return said();
  }

  private List<String> said() throws IOException {
    return Files.readAllLines(folder.resolve("out.txt"));
  }

  private Process start(Map<String, String> environment, List<String> options, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options());
    command.addAll(options);
    command.addAll(
        List.of(
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            SharedJvm.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("DATABRICKS_RUNTIME_VERSION");
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  /** What this JVM was given for Spark on Java 17, and in order to start quickly. */
  private static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("(--add-opens|-Djdk|-XX:).*"))
        .toList();
  }
}
