// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.core.lake.proof.LakeContents;
import dev.lakehouse.jobs.torture.Faults;
import dev.lakehouse.jobs.torture.Faults.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run whose k-th change to the storage goes wrong, for every k; the table of k against outcome is
 * left in {@code target}. {@code -Dfaults.kind=}, {@code -Dfaults.from=} and {@code -Dfaults.step=}
 * take a part of them.
 */
@Tag("slow")
class TestEveryFault {
  @TempDir Path folder;

  @AfterAll
  static void peace() {
    Faults.none();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"FAIL", "LOSE_ANSWER"})
  void theNextRunEndsAsIfNothingHadHappened(Kind kind) throws IOException {
    assumeTrue(System.getProperty("faults.kind", kind.name()).equals(kind.name()), "not asked for");
    Path items = FaultyLake.items(folder);
    FaultyLake peaceful = FaultyLake.in(folder.resolve("clean"), items);
    Faults.none();
    assertThat(peaceful.run()).isZero();
    LakeContents clean = peaceful.contents();
    Path table = Path.of("target", "faults-" + kind + ".tsv");
    Files.writeString(table, "k\toutcome\trepeated\tdifferences\toperation\n");

    List<String> wrong = new ArrayList<>();
    boolean struck = true;
    long last = Long.getLong("faults.to", Long.MAX_VALUE);
    for (long k = Long.getLong("faults.from", step()); struck && k <= last; k += step()) {
      Path place = folder.resolve("k" + k);
      FaultyLake lake = FaultyLake.in(place, items);
      Faults.strike(k, kind);
      int outcome = lake.run();
      struck = Faults.left() == 0;
      if (struck) {
        String operation = Faults.done().get((int) k - 1).toString().replace(place.toString(), "");
        String line = "%d\t%d\t%s\t%s%n".formatted(k, outcome, repeated(lake, clean), operation);
        Files.writeString(table, line, StandardOpenOption.APPEND);
        if (!line.contains("\t0\t[]\t")) {
          wrong.add(line);
        }
      }
      FileUtils.deleteDirectory(place.toFile());
    }
    assertThat(wrong).isEmpty();
  }

  /** Every k, unless a quicker look is asked for. */
  private static long step() {
    return Long.getLong("faults.step", 1);
  }

  private static String repeated(FaultyLake lake, LakeContents clean) {
    Faults.none();
    int exitCode = lake.run();
    return exitCode + "\t" + (exitCode == 0 ? clean.differences(lake.contents()) : lake.failure());
  }
}
