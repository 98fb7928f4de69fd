// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lakehouse.core.Json;
import dev.lakehouse.dist.LauncherProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher over what {@code mvn package} assembled. */
class TestLauncher {
  @TempDir Path folder;

  @Test
  void helpStartsNothingButTheHelp() throws Exception {
    Result help =
        LauncherProcess.in(folder).run(Map.of("LAKEHOUSE_JAVA_OPTS", "-Xlog:class+load"), "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.err()).isEmpty();
    List<String> loaded = help.out().lines().filter(line -> line.contains("[class,load]")).toList();
    assertThat(help.out()).contains("Usage: lakehouse");
    assertThat(loaded).hasSizeBetween(300, 3_000).noneMatch(line -> line.contains("org.apache."));
  }

  @Test
  void worksThroughALinkAndFromAPathWithSpaces() throws Exception {
    Path home = Files.createDirectory(folder.resolve("my lake house"));
    Path link = home.resolve("lakehouse");
    Files.createSymbolicLink(
        link, Path.of(System.getProperty("lakehouse.home"), "submit", "lakehouse"));

    Result version = new LauncherProcess(link, home).run("--version");

    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).startsWith("lakehouse ");
  }

  @Test
  void mistakesEndWithCodeTwoAndAWayOut() throws Exception {
    Result option = LauncherProcess.in(folder).run("doctor", "--no-such-option");
    Result command = LauncherProcess.in(folder).run("doctr");
    Result value = LauncherProcess.in(folder).run("doctor", "--master");
    Result conf = LauncherProcess.in(folder).run("doctor", "--spark-conf", "spark.x");

    assertThat(option.exitCode()).isEqualTo(2);
    assertThat(option.err()).contains("Unknown option", "lakehouse doctor --help");
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err()).contains("Did you mean: lakehouse doctor?");
    assertThat(value.exitCode()).isEqualTo(2);
    assertThat(value.err()).contains("--master needs a value");
    assertThat(conf.exitCode()).isEqualTo(2);
    assertThat(conf.err()).contains("expected key=value");
  }

  @Test
  void aFailureIsOneJsonDocumentOnStandardOutput() throws Exception {
    Result result =
        LauncherProcess.in(folder).run("doctor", "--json", "--set", "lakehouse.embed.batch=3");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(Json.mapper().readTree(result.out()).at("/error/code").asText())
        .isEqualTo("CONFIG_INVALID");
  }

  @Test
  void aMissingLakeIsToldBeforeAnyWork() throws Exception {
    for (String command : List.of("status", "measure", "search x")) {
      String[] arguments = (command + " --lake no/such-lake").split(" ");
      Result result = LauncherProcess.in(folder).run(arguments);

      assertThat(result.exitCode()).as(command).isEqualTo(2);
      assertThat(result.err()).contains("No lake at", "lakehouse ingest");
    }
    assertThat(folder.resolve("no")).doesNotExist();
  }

  /** With the first option the JVM does not start where it cannot map its archive. */
  @Test
  void classesOfSparkAreMapped() throws Exception {
    Path log = folder.resolve("classes");
    String options = "-Xshare:on -Xlog:class+load:file=" + log;

    Result result =
        LauncherProcess.in(folder)
            .run(Map.of("LAKEHOUSE_JAVA_OPTS", options), "measure", "--lake", "no/such-lake");

    assertThat(result.err()).contains("No lake at");
    assertThat(Files.readString(log)).contains("shared objects file (top)");
  }

  @ParameterizedTest
  @CsvSource({
    "'', UseParallelGC MaxNewSize",
    "-Xmx700m, UseParallelGC MaxHeapSize=734003200",
    "-XX:+UseSerialGC, UseSerialGC",
  })
  void memoryIsUsedSparinglyUnlessSomebodyChose(String chosen, String flags) throws Exception {
    String options = chosen + " -XX:+PrintCommandLineFlags";

    Result result =
        LauncherProcess.in(folder)
            .run(Map.of("LAKEHOUSE_JAVA_OPTS", options), "measure", "--lake", "no/such-lake");

    assertThat(result.err()).contains("No lake at");
    assertThat(result.out()).contains(flags.split(" "));
    assertThat(result.out().contains("MaxNewSize")).isEqualTo(flags.contains("MaxNewSize"));
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalEndsItWithItsCodeAReportAndAWayToGoOn(String signal, int exitCode) throws Exception {
    assumeFalse(
        signal.equals("INT") && interruptIsIgnored(), "started by a shell in the background");
    LauncherProcess launcher = LauncherProcess.in(folder);
    Path texts = Files.createDirectory(folder.resolve("in"));
    Files.writeString(texts.resolve("a.txt"), "A text that is read in a moment.");
    String recording = "-XX:StartFlightRecording"; // which looks at every class that is mapped
    Process process =
        launcher.start(
            Map.of("LAKEHOUSE_JAVA_OPTS", recording),
            "run",
            "--lake",
            "lake",
            "--source",
            "files",
            "--path",
            texts.toString());
    while (process.isAlive() && !launcher.text("err.txt").contains("ingest:")) {
      Thread.sleep(100);
    }

    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();

    assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
    assertThat(launcher.text("err.txt").strip()).endsWith("Run the same command again to resume");
    assertThat(process.exitValue()).isEqualTo(exitCode);
    try (Stream<Path> files = Files.walk(folder.resolve("lake/runs"))) {
      Path report =
          files.filter(file -> file.endsWith("run-report.json")).findFirst().orElseThrow();
      assertThat(Json.mapper().readTree(report.toFile()).get("exit_code").asInt())
          .isEqualTo(exitCode);
    }
  }

  /** A process inherits what its starter ignores, and Java does not change that. */
  private static boolean interruptIsIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(ignored -> (ignored & 0b10) != 0);
  }

  @Test
  void anUnfitJavaIsRefusedBeforeItStarts() throws Exception {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 9\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");

    Result result =
        LauncherProcess.in(folder)
            .run(Map.of("JAVA_HOME", folder.resolve("jdk").toString()), "doctor");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Java 17 is needed", "is Java 11");
  }

  @Test
  void scratchOfAKilledProcessIsSweptByTheNext() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    String user = String.valueOf(Files.getAttribute(folder, "unix:uid"));
    Path left = folder.resolve("lakehouse-" + user).resolve(String.valueOf(dead.pid()));
    Files.createDirectories(left);

    LauncherProcess.in(folder).run("--version");

    assertThat(left).doesNotExist();
  }
}
