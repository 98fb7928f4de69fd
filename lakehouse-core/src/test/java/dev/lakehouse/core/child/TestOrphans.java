// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed while a child of it hangs leaves no child behind. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TestOrphans {
  @TempDir private Path folder;

  /** What is killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      ChildLimits limits =
          new ChildLimits(Duration.ofHours(1), Duration.ofHours(1), 1 << 30, 1 << 20);
      Command hanging =
          new Command(
              List.of("/bin/sh", "-c", "echo $$ >&2; exec sleep 3000"),
              Path.of(args[0]),
              Map.of("PATH", "/usr/bin:/bin"),
              limits);
      Finished<Integer> unused = hanging.run(java.io.InputStream::read, System.out::println);
    }
  }

  @Test
  void aKilledParentLeavesNoChild() throws Exception {
    assumeTrue(Cage.missing().isEmpty(), () -> "skipped: " + Cage.missing());
    Path input = Files.writeString(folder.resolve("input"), "x");
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                input.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      ProcessHandle child = ProcessHandle.of(Long.parseLong(firstLine(parent))).orElseThrow();
      assertThat(child.isAlive()).isTrue();

      parent.destroyForcibly(); // SIGKILL: no hook runs

      assertThat(child.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return String.valueOf(lines.readLine()).strip();
  }
}
