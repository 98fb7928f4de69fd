// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether an index of many words is ever done, in processes, each with threads of its own. */
class TestFullTextBuild {
  /** A third of them fill no page of a file, so that nothing ever waits. */
  private static final int ROWS = 3000;

  private static final Map<String, String> ONE_THREAD = Map.of("LANCE_CPU_THREADS", "1");
  private static final String AS_IT_IS = "-Dlakehouse.lance.environment-as-it-is=true";

  @TempDir Path folder;

  private record Ended(int code, String said) {}

  @Test
  void isDoneOnAnyNumberOfProcessors() throws Exception {
    List<Process> builds = new ArrayList<>();
    for (int processors : new int[] {2, 4}) {
      builds.add(
          start("lake" + processors, 600, Map.of(), "-XX:ActiveProcessorCount=" + processors));
    }
    for (Process build : builds) {
      Ended done = ended(build);
      assertThat(done.said()).endsWith(ROWS + " rows");
      assertThat(done.code()).isZero();
    }
  }

  /** The real thing: with one thread, whoever writes words waits for whoever empties its queue. */
  @Test
  void aBuildThatHangsEndsAndTheRepeatIsDone() throws Exception {
    Ended hung = ended(start("lake", 4, ONE_THREAD, AS_IT_IS));

    assertThat(hung.said())
        .contains("has not moved for 4 seconds; it was to build the full-text index");
    assertThat(hung.code()).isEqualTo(5);

    Ended repeated = ended(start("lake", 600, ONE_THREAD, "-XX:ActiveProcessorCount=1"));

    assertThat(repeated.said())
        .contains("LANCE_CPU_THREADS is '1'", "taking LANCE_CPU_THREADS=2 LANCE_FTS_NUM_SHARDS=1")
        .endsWith(ROWS + " rows");
    assertThat(repeated.code()).isZero();
  }

  private Process start(
      String lake, int patience, Map<String, String> environment, String... options)
      throws IOException {
    Path scratch = Files.createDirectories(folder.resolve(lake + "-tmp"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + scratch,
            "-cp",
            System.getProperty("java.class.path"),
            FullTextBuild.class.getName(),
            folder.resolve(lake).toString(),
            Integer.toString(ROWS),
            Integer.toString(patience)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LANCE_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Ended ended(Process process) throws Exception {
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ended(process.waitFor(), said.strip());
    } finally {
      process.destroyForcibly();
    }
  }
}
