// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestGround {
  @TempDir Path folder;

  private Ground take(Path place, Settings settings) {
    return Ground.take(place.toUri().toString(), settings, new Configuration());
  }

  @Test
  void aPlaceThatHoldsSomethingElseIsRefused() throws IOException {
    Path theirs = Files.writeString(folder.resolve("theirs.txt"), "do not touch");

    assertThatThrownBy(() -> take(folder, Settings.defaults()))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("no torture made");
    assertThat(theirs).exists();
  }

  @Test
  void itsOwnPlaceIsTakenAgainAndLeftEmpty() throws IOException {
    Path place = folder.resolve("place");
    Ground ground = take(place, Settings.defaults());
    ground.keep(Files.createDirectory(folder.resolve("local")), "sample");

    take(place, Settings.defaults());

    assertThat(place.resolve("sample")).doesNotExist();
    take(place, Settings.defaults()).giveBack();
    assertThat(place).doesNotExist();
  }

  @Test
  void aCopyHoldsEveryPartWhereverItIs() throws IOException {
    String index = folder.resolve("elsewhere").toString();
    Settings split = Settings.defaults().orElse(Map.of(Setting.LAKE_INDEX.key(), index), "test");
    Ground ground = take(folder.resolve("place"), split);
    TrialLake base = ground.lake("base");
    for (String part : base.folders()) {
      Path made = Files.createDirectories(Path.of(part.replaceFirst("^file:", "")));
      Files.writeString(made.resolve("one"), part);
    }

    ground.copy(base, ground.lake("clean"));

    assertThat(folder.resolve("elsewhere/clean/one")).exists();
    assertThat(folder.resolve("place/clean/tables/one")).exists();
    assertThat(base.options()).contains(Setting.LAKE_INDEX.key() + "=" + index + "/base");
  }
}
