// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.Meeting.Outcome;
import dev.lakehouse.jobs.Meeting.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two commands on one lake at one time: both are applied, or one is told cleanly that it came
 * second; and what stands in the end is what one after the other would have made.
 */
class TestTwoDrivers {
  private static final int TIMES = Integer.getInteger("lakehouse.meetings", 3);
  private static final int LATEST_MILLIS = 1500;
  private static final Map<Pair, OutcomeCounts> TABLE = new EnumMap<>(Pair.class);

  @TempDir static Path folder;
  private static DriverLakes lakes;

  @BeforeAll
  static void lakes() throws IOException {
    lakes = new DriverLakes(folder);
  }

  @ParameterizedTest
  @EnumSource(names = {"INGEST_INGEST", "PUBLISH_PUBLISH"})
  void neitherLosesWhatTheOtherDid(Pair pair) throws Exception {
    meet(pair, 0);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void noMomentIsTheWrongOne(Pair pair) throws Exception {
    Random random = new Random(pair.ordinal()); // the seed
    for (int i = 0; i < TIMES; i++) {
      meet(pair, i == 0 ? 0 : random.nextLong(-LATEST_MILLIS, LATEST_MILLIS));
    }
  }

  private static void meet(Pair pair, long offset) throws Exception {
    Path lake = lakes.copy(pair.ready, folder.resolve("meeting"));
    try {
      Result result = new Meeting(pair, offset).at(lakes, lake);
      TABLE.computeIfAbsent(pair, any -> new OutcomeCounts()).add(result);
      assertThat(result.outcome())
          .as("%s, second after %d ms: %s", pair, offset, result.words())
          .isNotEqualTo(Outcome.OTHER);
      if (result.outcome() == Outcome.CLEAN_CONFLICT) {
        assertThat(result.words()).contains("epeat the command");
      }
    } finally {
      FileUtils.deleteDirectory(lake.toFile());
    }
  }

  @AfterAll
  static void writeTable() throws IOException {
    Files.writeString(Path.of("target", "two-drivers.md"), OutcomeCounts.table(TABLE));
  }
}
