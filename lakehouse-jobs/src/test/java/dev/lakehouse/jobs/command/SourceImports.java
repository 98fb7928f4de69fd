// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What sources import of the house, read from their text: a constant that the compiler copies
 * leaves no trace in a class.
 */
record SourceImports(List<Import> all) {
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern IMPORT =
      Pattern.compile(
          "^import (?:static )?((dev\\.lakehouse(?:\\.[a-z]+)*)\\.\\w[\\w.]*);", Pattern.MULTILINE);

  /**
   * One line.
   *
   * @param file that it stands in
   * @param from package of the file
   * @param to package of what is imported
   * @param name what is imported
   */
  record Import(String file, String from, String to, String name) {
    boolean leadsRight() {
      return RoomPlace.of(from)
          .flatMap(here -> RoomPlace.of(to).map(there -> !here.mayImport(there)))
          .orElse(false);
    }

    @Override
    public String toString() {
      return "%s of %s imports %s".formatted(file, from, name);
    }
  }

  /**
   * Reads the sources of all modules.
   *
   * @param kind {@code main} or {@code test}
   */
  static SourceImports of(String kind) throws IOException {
    List<Import> found = new ArrayList<>();
    for (Path source : sources(kind)) {
      String text = Files.readString(source);
      Matcher own = PACKAGE.matcher(text);
      Matcher line = IMPORT.matcher(text);
      while (own.find(0) && line.find()) {
        found.add(
            new Import(
                source.getFileName().toString(), own.group(1), line.group(2), line.group(1)));
      }
    }
    return new SourceImports(found);
  }

  /** Every source of a kind. */
  static List<Path> sources(String kind) throws IOException {
    Path home = Path.of(System.getProperty("lakehouse.home"));
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("core", "udfs", "jobs", "dist")) {
      Path root = home.resolve("lakehouse-%s/src/%s/java".formatted(module, kind));
      if (!Files.isDirectory(root)) {
        continue; // what packages has no program of its own
      }
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return sources;
  }

  /** Packages that import each other, by whatever way round: none in a good house. */
  Set<String> packagesInCycles() {
    Map<String, Set<String>> reached = new TreeMap<>();
    all.stream()
        .filter(line -> !line.from().equals(line.to()))
        .forEach(line -> reached.computeIfAbsent(line.from(), p -> new HashSet<>()).add(line.to()));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Set<String> targets : reached.values()) {
        Set<String> further = new HashSet<>();
        targets.forEach(target -> further.addAll(reached.getOrDefault(target, Set.of())));
        grows |= targets.addAll(further);
      }
    }
    Set<String> cycles = new TreeSet<>();
    reached.forEach(
        (from, targets) -> {
          if (targets.contains(from)) {
            cycles.add(from);
          }
        });
    return cycles;
  }
}
