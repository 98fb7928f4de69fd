// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.dist.LauncherProcess.Result;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A round of kills, through the launcher as users start it. */
@Tag("slow")
class TestTorture {
  @TempDir Path folder;

  private static final String KILLS = "18"; // more than a round may need
  private static final int STAGES = 6;

  @Test
  void everyStageSurvivesAKill() throws Exception {
    Path place = folder.resolve("torture");

    Result result =
        LauncherProcess.in(folder)
            .patience(Duration.ofMinutes(40))
            .run("torture", "--lake", place.toString(), "--kills", KILLS, "--seed", "3", "--json");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    JsonNode report = Json.mapper().readTree(result.out());
    assertThat(report.get("survived").asInt()).isEqualTo(Integer.parseInt(KILLS));
    assertThat(report.get("stages")).hasSize(STAGES);
    assertThat(report.at("/reads/total").asInt()).isPositive();
    assertThat(report.at("/digests/tortured/0").asText())
        .isEqualTo(report.at("/digests/clean").asText());
    assertThat(place).doesNotExist();
  }
}
