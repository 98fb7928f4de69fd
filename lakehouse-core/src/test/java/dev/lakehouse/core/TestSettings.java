// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSettings {
  private static final String BATCH = Setting.EMBED_BATCH.key();
  private static final String LANES = Setting.EMBED_LANES.key();

  @TempDir Path folder;

  @Test
  void theStrongestSourceWins() throws IOException {
    Path file =
        Files.writeString(folder.resolve("a.yaml"), BATCH + ": 1\nlakehouse.policy: p.yaml\n");

    Settings settings =
        Settings.defaults()
            .orElse(Map.of(BATCH, "4"), "--set")
            .orElseEnvironment(Map.of("LAKEHOUSE_EMBED_BATCH_SIZE", "3"))
            .orElseSpark(Map.of("spark." + BATCH, "2", "spark.app.name", "x"))
            .orElseFile(file);

    assertThat(settings.effective(Setting.EMBED_BATCH))
        .contains(new Settings.Effective("4", "--set"));
    assertThat(settings.text(Setting.POLICY)).isEqualTo("p.yaml");
    assertThat(settings.effective(Setting.TEXT_MODEL))
        .contains(new Settings.Effective("minilm", "default"));
  }

  @Test
  void theEnvironmentBeatsSparkAndSparkBeatsTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.conf"), "# c\n\n" + BATCH + " = 1\n");
    Settings spark =
        Settings.defaults().orElseSpark(Map.of("spark." + BATCH, "2")).orElseFile(file);
    Settings environment =
        Settings.defaults()
            .orElseEnvironment(Map.of("LAKEHOUSE_EMBED_BATCH_SIZE", "3"))
            .orElseSpark(Map.of("spark." + BATCH, "2"));

    assertThat(spark.text(Setting.EMBED_BATCH)).isEqualTo("2");
    assertThat(environment.text(Setting.EMBED_BATCH)).isEqualTo("3");
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    assertThatThrownBy(
            () -> Settings.defaults().orElse(Map.of("lakehouse.embed.batchsize", "4"), "--set"))
        .isInstanceOf(LakehouseException.class)
        .hasMessage(
            "Unknown setting lakehouse.embed.batchsize (from --set). Did you mean"
                + " lakehouse.embed.batch-size? 'lakehouse doctor' lists all");
  }

  @Test
  void aBadNumberNamesItsKey() {
    Settings settings = Settings.defaults().orElse(Map.of(BATCH, "many"), "--set");

    assertThatThrownBy(() -> settings.integer(Setting.EMBED_BATCH))
        .hasMessage("Invalid lakehouse.embed.batch-size: 'many' (must be a whole number)");
    assertThatThrownBy(
            () ->
                Settings.defaults()
                    .orElse(Map.of(LANES, "65"), "--set")
                    .integer(Setting.EMBED_LANES))
        .hasMessage("Invalid lakehouse.embed.lanes: '65' (must be between 1 and 64)");
  }

  @Test
  void everyDefaultLiesWithinItsBounds() {
    assertThat(Setting.all())
        .filteredOn(setting -> setting.bounds().isPresent())
        .isNotEmpty()
        .allSatisfy(setting -> Settings.defaults().integerOrAuto(setting));
  }

  @Test
  void aFileMayNotSayAKeyTwice() throws IOException {
    Path yaml = Files.writeString(folder.resolve("a.yaml"), BATCH + ": 1\n" + BATCH + ": 2\n");
    Path lines = Files.writeString(folder.resolve("a.conf"), BATCH + "=1\n" + BATCH + "=2\n");

    assertThatThrownBy(() -> Settings.defaults().orElseFile(yaml))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("a.yaml");
    assertThatThrownBy(() -> Settings.defaults().orElseFile(lines))
        .hasMessageContaining("a.conf, line 2: it sets " + BATCH + " a second time");
  }

  @Test
  void keysOfYamlMayStandBelowEachOther() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.yaml"), "lakehouse:\n  embed:\n    batch-size: 3\n    lanes: 1\n");

    Settings settings = Settings.defaults().orElseFile(file);

    assertThat(settings.text(Setting.EMBED_BATCH)).isEqualTo("3");
    assertThat(settings.text(Setting.EMBED_LANES)).isEqualTo("1");
  }

  @Test
  void anEmptyFileSetsNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "# nothing yet\n");

    assertThat(Settings.defaults().orElseFile(file).isSet(Setting.EMBED_BATCH)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'lakehouse.lake: ['   | a.yaml, line 1: expected the node content, but found
          '- a'                 | a.yaml: expected 'key: value' lines but found a list
          'hello'               | a.yaml: expected 'key: value' lines but found 'hello'
          'lakehouse.lake: [b]' | a.yaml: lakehouse.lake has a list, expected one value
          'lakehouse.lake:'     | a.yaml: lakehouse.lake has no value, expected one value
          """)
  void whatIsWrongWithAFileIsToldWithItsPlace(String yaml, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), yaml);

    assertThatThrownBy(() -> Settings.defaults().orElseFile(file))
        .isInstanceOf(LakehouseException.class)
        .hasMessageStartingWith("Cannot read settings file " + folder)
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsNotThereIsAConfigurationError() {
    assertThatThrownBy(() -> Settings.defaults().orElseFile(folder.resolve("none.conf")))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("none.conf: there is no such file or folder");
  }

  @Test
  void aFormerNameGoesOnWorkingAndSaysWhatReplacesIt() {
    Settings settings =
        Settings.defaults()
            .orElse(Map.of("lakehouse.embed.clip-model", "pair"), "--set")
            .orElseEnvironment(Map.of("LAKEHOUSE_EMBED_TEXT_MODEL", "none"))
            .orElse(Map.of("lakehouse.embed.text-model", "kept"), Settings.KEPT);

    assertThat(settings.text(Setting.CLIP_MODEL)).isEqualTo("pair");
    assertThat(settings.text(Setting.TEXT_MODEL)).isEqualTo("none");
    assertThat(settings.remarks())
        .containsExactly(
            "lakehouse.embed.clip-model (from --set) is lakehouse.family.clip.bundle now",
            "lakehouse.embed.text-model (from environment) is lakehouse.family.text.bundle now");
    assertThatThrownBy(
            () ->
                Settings.defaults()
                    .orElse(
                        Map.of(
                            "lakehouse.embed.clip-model", "a", "lakehouse.family.clip.bundle", "b"),
                        "--set"))
        .hasMessageContaining("for lakehouse.family.clip.bundle, once under its former name");
  }

  @Test
  void everyFamilyHasASettingWhatItsNameMayBe() {
    Settings settings =
        Settings.defaults()
            .orElse(Map.of("lakehouse.family.looks.bundle", "inception"), "--set")
            .orElseEnvironment(Map.of("LAKEHOUSE_FAMILY_SOUND2_BUNDLE", "clap"));

    assertThat(settings.families()).containsExactly("text", "clip", "looks", "sound2");
    assertThat(settings.text(Setting.family("looks"))).isEqualTo("inception");
    assertThat(settings.text(Setting.family("sound2"))).isEqualTo("clap");
    assertThatThrownBy(
            () -> Settings.defaults().orElse(Map.of("lakehouse.family.My_Looks.bundle", "x"), "f"))
        .hasMessageContaining("Unknown setting lakehouse.family.My_Looks.bundle (from f)")
        .hasMessageEndingWith("named by at most 24 lower-case letters and digits");
    assertThatThrownBy(
            () -> Settings.defaults().orElse(Map.of("lakehouse.embed.clip-modell", "x"), "f"))
        .hasMessageContaining("Did you mean lakehouse.family.clip.bundle?");
  }
}
