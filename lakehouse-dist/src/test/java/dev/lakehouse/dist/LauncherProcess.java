// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts {@code submit/lakehouse} as users do and waits for its end. */
public final class LauncherProcess {
  private final Path launcher;
  private final Path folder;
  private Duration patience = Duration.ofMinutes(20);

  /** What a process left behind. */
  public record Result(int exitCode, String out, String err) {}

  /**
   * @param launcher the script, or a link to it
   * @param folder the working directory; keeps the output of the process
   */
  public LauncherProcess(Path launcher, Path folder) {
    this.launcher = launcher;
    this.folder = folder;
  }

  public static LauncherProcess in(Path folder) {
    return new LauncherProcess(
        Path.of(System.getProperty("lakehouse.home"), "submit", "lakehouse"), folder);
  }

  /** Ends a process that is not over by then. */
  LauncherProcess patience(Duration longest) {
    patience = longest;
    return this;
  }

  public Result run(String... args) throws IOException, InterruptedException {
    return run(Map.of(), args);
  }

  public Result run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    Process process = start(environment, args);
    if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("Not over after %s:%n%s".formatted(patience, text("err.txt")));
    }
    return new Result(process.exitValue(), text("out.txt"), text("err.txt"));
  }

  public Process start(Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LAKEHOUSE_NO_BUILD", "1");
    builder.environment().put("LAKEHOUSE_TMP", folder.toString());
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  public String text(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }
}
