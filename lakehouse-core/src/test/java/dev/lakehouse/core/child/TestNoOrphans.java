// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestNoOrphans {
  @TempDir Path folder;

  /** A JVM that asks a question to which no answer comes. */
  static final class Asking {
    public static void main(String[] arguments) throws Exception {
      ChildPoolOptions options =
          new ChildPoolOptions(1, 48 << 20, Duration.ofHours(1), Integer.MAX_VALUE);
      ChildPool pool =
          new ChildPool(options, () -> TestChildPool.CLASS_PATH, UnrulyMain.class.getName());
      System.out.println(new String(pool.ask("pid".getBytes(UTF_8), 100), UTF_8));
      pool.ask("hang".getBytes(UTF_8), 100);
    }
  }

  @Test
  void aKilledJvmLeavesNoChild() throws Exception {
    String classPath =
        TestChildPool.CLASS_PATH.stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            classPath,
            Asking.class.getName());
    Process asking = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    ProcessHandle child;
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(asking.getInputStream(), UTF_8))) {
      child = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
      assertThat(child.isAlive()).isTrue();
      // the question is on its way or heard: in both cases nobody but the child can end the child
    } finally {
      asking.destroyForcibly().waitFor();
    }

    child.onExit().get(60, TimeUnit.SECONDS);
    assertThat(child.isAlive()).isFalse();
  }
}
