// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.core.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that measures one system once, so that none profits from what another warmed. */
final class Child {
  private static final String MARK = "RESULT ";
  private static final String PEER_HEAP = "-Xmx6g"; // less and SynapseML runs out of it

  private final List<String> command = new ArrayList<>();
  private @Nullable Path folder;

  private Child() {}

  private static Child java() {
    return new Child().with(Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  /** A program that starts in a folder. */
  static Child in(Path folder, String... command) {
    Child child = new Child().with(command);
    child.folder = folder;
    return child;
  }

  /** This program again, with the same options. */
  static Child again() {
    Child child = java();
    child.command.addAll(options());
    child.with("-cp", System.getProperty("java.class.path"), Bench.class.getName());
    return child;
  }

  /** Another program, which brings natives of its own. */
  static Child of(String classPath, String main) {
    Child child = java();
    options().stream()
        .filter(option -> !option.startsWith("-Xmx") && !option.startsWith("-Donnxruntime"))
        .forEach(child.command::add);
    return child.with(PEER_HEAP, "-cp", classPath, main);
  }

  private static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  Child with(String... arguments) {
    command.addAll(List.of(arguments));
    return this;
  }

  /** Runs it and returns what it measured. */
  List<Result> run() throws IOException, InterruptedException {
    return run(Result.class);
  }

  /** Runs it and returns what it says of a kind. */
  <T> List<T> run(Class<T> kind) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder == null ? null : folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<T> results = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(MARK)) {
          results.add(Json.mapper().readValue(line.substring(MARK.length()), kind));
        }
      }
    }
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IOException("bench: '%s' ended with %d".formatted(command, exitCode));
    }
    return results;
  }

  /** To be said by the process that measured. */
  static void say(List<?> results) {
    results.forEach(result -> System.out.println(MARK + Json.line(result)));
  }
}
