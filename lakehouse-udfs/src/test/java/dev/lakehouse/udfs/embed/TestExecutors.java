// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors in processes of their own: one model each, whatever the number of tasks, and GPUs as
 * Spark hands them out.
 *
 * <p>{@code local-cluster} starts its executors from a SPARK_HOME; the test lays one out with the
 * Spark of the class path.
 *
 * <p>{@code mvn test -pl lakehouse-udfs -am -Dtest=TestExecutors -Dtest.groups.excluded=none
 * -Dsurefire.failIfNoSpecifiedTests=false}; a minute or two on two free cores.
 */
@Tag("slow")
class TestExecutors {
  private static final String HEAP = "-Xmx768m";

  @TempDir static Path home;

  /** What a task said; memory in MiB, times in milliseconds. */
  private record Report(
      long pid, long sessions, long rss, long rows, long began, long ended, long gpus) {}

  @BeforeAll
  static void layOutSparkHome() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "skipped: resident memory needs Linux");
    Path jars = Files.createDirectory(home.resolve("jars"));
    for (String entry : classPath()) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && !Files.exists(jars.resolve(jar.getFileName()))) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
  }

  @Test
  void fourTasksInOneProcessHoldOneModel() throws Exception {
    List<Report> alone = run("local[1]", 1);
    List<Report> together = run("local[4]", 4);

    assertOverlapping(together);
    assertOneModelEach(together, 1, alone);
  }

  @Test
  void everyExecutorHoldsOneModel() throws Exception {
    List<Report> alone = run("local-cluster[1,1,2048]", 1);
    List<Report> together = run("local-cluster[2,2,2048]", 4);

    assertOneModelEach(together, 2, alone);
  }

  private static void assertOneModelEach(List<Report> together, int processes, List<Report> alone) {
    assertThat(together.stream().mapToLong(Report::rows).sum()).isEqualTo(2_048);
    assertThat(together).extracting(Report::sessions).containsOnly(1L);
    assertThat(together.stream().map(Report::pid).distinct()).hasSize(processes);
    long one = alone.get(0).rss();
    for (Report report : together) {
      assertThat((double) report.rss() / one)
          .as("resident memory of %s against %d MiB of one task", report, one)
          .isLessThan(1.3);
    }
  }

  private static void assertOverlapping(List<Report> reports) {
    long lastBegan = reports.stream().mapToLong(Report::began).max().orElseThrow();
    long firstEnded = reports.stream().mapToLong(Report::ended).min().orElseThrow();
    assertThat(lastBegan).as("all tasks ran at once").isLessThan(firstEnded);
  }

  @Test
  void fourTasksShareTheGpuOfTheirExecutorAndSayWhatItCannotDo() throws Exception {
    List<String> gpus = gpus();

    List<Report> auto = run("local-cluster[1,4,1024]", 4, gpus);
    assertThat(auto).hasSize(4).extracting(Report::gpus).containsOnly(1L);
    assertThat(auto).extracting(Report::sessions).containsOnly(1L);

    assumeTrue(
        !OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA),
        "skipped: this build runs on a GPU");
    gpus.add("-Dprobe.device=cuda");
    assertThatThrownBy(() -> run("local-cluster[1,4,1024]", 4, gpus))
        .hasMessageContaining("Cannot use device cuda: this ONNX Runtime was built without CUDA")
        .hasMessageContaining("spark.task.resource.gpu.amount");
  }

  /** A cluster whose workers say that they have a GPU. */
  private static List<String> gpus() throws IOException {
    Path script = Files.createTempFile(home, "gpus", ".sh");
    Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\"]}'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    List<String> options = new ArrayList<>();
    for (String owner : List.of("worker", "executor")) {
      options.add("-Dspark.%s.resource.gpu.amount=1".formatted(owner));
      options.add("-Dspark.%s.resource.gpu.discoveryScript=%s".formatted(owner, script));
    }
    options.add("-Dspark.task.resource.gpu.amount=0.25");
    return options;
  }

  private static List<Report> run(String master, int tasks) throws Exception {
    return run(master, tasks, List.of());
  }

  private static List<Report> run(String master, int tasks, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(opens());
    command.addAll(options);
    command.addAll(
        List.of(
            HEAP,
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-Dprobe.options=" + String.join(" ", opens()),
            "-cp",
            String.join(File.pathSeparator, classPath()),
            EmbedProbe.class.getName(),
            master,
            String.valueOf(tasks)));
    Path output = Files.createTempFile(home, "probe-", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    Process process = builder.directory(home.toFile()).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("%s ended", master).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return reports(Files.readAllLines(output));
  }

  private static List<Report> reports(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(EmbedProbe.PREFIX))
        .map(line -> line.substring(EmbedProbe.PREFIX.length()).split(","))
        .map(part -> Arrays.stream(part).mapToLong(Long::parseLong).toArray())
        .map(part -> new Report(part[0], part[1], part[2], part[3], part[4], part[5], part[6]))
        .toList();
  }

  /** What this JVM was opened with, for the sake of Spark. */
  private static List<String> opens() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .toList();
  }

  private static Set<String> classPath() {
    return new LinkedHashSet<>(
        List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
  }
}
