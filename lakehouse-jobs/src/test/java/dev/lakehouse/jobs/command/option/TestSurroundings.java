// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSurroundings {
  @TempDir Path home;

  private Path lake(String name) throws IOException {
    Path lake = home.resolve(name);
    Files.createDirectories(lake.resolve("tables/assets/_delta_log"));
    return lake;
  }

  @Test
  void theNearestFileGoingUpCounts() throws IOException {
    Path inner = Files.createDirectories(home.resolve("a/b/c"));
    Path far = Files.writeString(home.resolve("lakehouse.yaml"), "lakehouse.lake: x\n");
    Path near = Files.writeString(home.resolve("a/lakehouse.yaml"), "lakehouse.lake: y\n");

    assertThat(new Surroundings(inner).file()).contains(near);
    assertThat(new Surroundings(home).file()).contains(far);
  }

  @Test
  void placesAreTakenFromWhereTheFileIs() throws IOException {
    Path file =
        Files.writeString(
            home.resolve("lakehouse.yaml"),
            """
            lakehouse:
              lake: lakes/pictures
              policy: strict.yaml
              models: s3a://bucket/models
              embed.batch-size: 4
            """);

    assertThat(Surroundings.settings(file))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Setting.LAKE.key(),
                home.resolve("lakes/pictures").toString(),
                Setting.POLICY.key(),
                home.resolve("strict.yaml").toString(),
                Setting.MODELS.key(),
                "s3a://bucket/models",
                Setting.EMBED_BATCH.key(),
                "4"));
  }

  @Test
  void theLakeOfAFolderLiesBesideIt() throws IOException {
    Path pictures = Files.createDirectories(home.resolve("pictures/2024"));
    Path lake = lake("pictures-lake");

    assertThat(Surroundings.beside(home.resolve("pictures"))).isEqualTo(lake);
    assertThat(Surroundings.beside(home.resolve("rows.csv"))).isEqualTo(home.resolve("rows-lake"));
    assertThat(new Surroundings(pictures).lake())
        .contains(new Surroundings.Found(lake, "beside " + home.resolve("pictures")));
    assertThat(new Surroundings(lake.resolve("tables")).lake())
        .contains(new Surroundings.Found(lake, "this folder is in it"));
  }

  @Test
  void theOnlyLakeInAFolderIsMeantAndOfSeveralNone() throws IOException {
    Path lake = lake("a-lake");
    assertThat(new Surroundings(home).lake())
        .contains(new Surroundings.Found(lake, "the only lake in " + home));

    Path other = lake("b-lake");
    assertThat(new Surroundings(home).lake()).isEmpty();
    assertThat(new Surroundings(home).undecided())
        .hasMessageContaining("there are several: %s, %s".formatted(lake, other))
        .hasMessageContaining("--lake");
  }

  @Test
  void besideTheRootOfADiskIsNoPlace() {
    assertThatThrownBy(() -> Surroundings.beside(home.getRoot()))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("give one with --lake");
  }
}
