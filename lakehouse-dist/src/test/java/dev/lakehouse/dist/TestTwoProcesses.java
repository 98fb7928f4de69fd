// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.jobs.DriverLakes;
import dev.lakehouse.jobs.Errand;
import dev.lakehouse.jobs.LakeState;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.Pair;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The meetings of {@code TestTwoDrivers} between processes, as users start them. */
@Tag("slow")
class TestTwoProcesses {
  private static final Map<String, String> SMALL = Map.of("LAKEHOUSE_JAVA_OPTS", "-Xmx1g");

  @TempDir static Path made;
  @TempDir Path folder;
  private static DriverLakes lakes;

  @BeforeAll
  static void lakes() throws IOException {
    lakes = new DriverLakes(made);
  }

  @ParameterizedTest
  @EnumSource
  void neitherLosesWhatTheOtherDid(Pair pair) throws Exception {
    Path lake = lakes.copy(pair.ready, folder.resolve("lake"));
    LauncherProcess first = launcher("first");
    LauncherProcess second = launcher("second");
    Process one = first.start(SMALL, arguments(pair.first, lake));
    Process other = second.start(SMALL, arguments(pair.second, lake));

    repeatWhatLost(one.waitFor(), first, pair.first, lake);
    repeatWhatLost(other.waitFor(), second, pair.second, lake);

    Lakehouse driver = DriverLakes.open(lake);
    pair.settle(driver);
    assertThat(LakeState.of(driver, lake)).isEqualTo(pair.expected(lakes));
    assertThat(driver.audit(ReleaseChoice.ALL, Sample.ALL)).allMatch(report -> report.clean());
  }

  private LauncherProcess launcher(String name) throws IOException {
    return LauncherProcess.in(Files.createDirectories(folder.resolve(name)));
  }

  private static String[] arguments(Errand errand, Path lake) {
    List<String> arguments = new ArrayList<>(errand.arguments(lakes));
    arguments.addAll(List.of("--lake", lake.toString()));
    return arguments.toArray(String[]::new);
  }

  private static void repeatWhatLost(
      int exitCode, LauncherProcess launcher, Errand errand, Path lake) throws Exception {
    if (exitCode == ErrorCode.COMMIT_CONFLICT.exitCode()) {
      assertThat(launcher.text("err.txt")).contains("epeat the command");
      assertThat(launcher.run(SMALL, arguments(errand, lake)).exitCode()).isZero();
    } else {
      assertThat(exitCode).as(launcher.text("err.txt")).isZero();
    }
  }
}
