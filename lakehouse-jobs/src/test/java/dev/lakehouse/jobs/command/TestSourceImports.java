// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.command.SourceImports.Import;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The plan of the house, held against the text of its sources, tests included. */
class TestSourceImports {
  private static final int FULL = 31; // thirty, and the sign at the door

  /** Rooms that may hold more: a class for each command. */
  private static final List<String> FULLER = List.of("dev.lakehouse.jobs.command");

  /**
   * What tests of every room may use: the one session of all tests, what counts its jobs, and what
   * steps hand to rooms that must not know where it comes from.
   */
  private static final Set<String> HANDED_IN =
      Set.of(
          "dev.lakehouse.jobs.SparkTest",
          "dev.lakehouse.jobs.SparkWork",
          "dev.lakehouse.core.kind.Kinds",
          "dev.lakehouse.core.kind.EncoderSpecs");

  /** Tests that show that two rooms mean the same, by the one to the right that they import. */
  private static final Map<String, String> ODD =
      Map.of(
          "TestDeltaVersion.java", "dev.lakehouse.core.filter.Filter",
          "TestPublication.java", "dev.lakehouse.core.watch.state.DeadLetters");

  @Test
  void roomsImportOnlyTheirRootAndTheRoomsToTheirLeft() throws IOException {
    assertThat(SourceImports.of("main").all()).filteredOn(Import::leadsRight).isEmpty();
  }

  @Test
  void packagesHaveNoCycles() throws IOException {
    assertThat(SourceImports.of("main").packagesInCycles()).isEmpty();
  }

  @Test
  void testsImportOnlyTheirRootAndTheRoomsToTheirLeft() throws IOException {
    assertThat(tests().all()).filteredOn(Import::leadsRight).isEmpty();
  }

  @Test
  void testPackagesHaveNoCycles() throws IOException {
    assertThat(tests().packagesInCycles()).isEmpty();
  }

  /** What tests import without leave. */
  private static SourceImports tests() throws IOException {
    return new SourceImports(
        SourceImports.of("test").all().stream()
            .filter(line -> !HANDED_IN.contains(line.name()))
            .filter(line -> !ODD.getOrDefault(line.file(), "").equals(line.name()))
            .toList());
  }

  @Test
  void noRoomIsTooFull() throws IOException {
    Map<String, Long> files =
        SourceImports.sources("main").stream()
            .map(Path::getParent)
            .map(folder -> folder.toString().replaceFirst(".*/java/", "").replace('/', '.'))
            .collect(Collectors.groupingBy(room -> room, Collectors.counting()));
    files.keySet().removeAll(FULLER);

    assertThat(files).allSatisfy((room, count) -> assertThat(count).isLessThanOrEqualTo(FULL));
  }
}
