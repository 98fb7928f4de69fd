// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.content.SegmentRole;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestFamilySpec {
  @TempDir Path models;

  private static FamilySpec family(String name, Map<String, String> said) {
    Map<String, String> settings = new HashMap<>(Map.of("bundle", "shapes-clip"));
    settings.putAll(said);
    Map<String, String> keys = new HashMap<>();
    settings.forEach(
        (key, value) -> keys.put("lakehouse.family.%s.%s".formatted(name, key), value));
    return FamilySpec.named(name, Settings.defaults().orElse(keys, "test"));
  }

  private void resolve(FamilySpec family) {
    family.resolve(ModelsRoot.at(models.toString()));
  }

  @Test
  void takesEverythingAndIsRequiredWhereNothingIsSaid() {
    FamilySpec looks = family("looks", Map.of());

    resolve(looks);
    assertThat(looks.scope("image")).isEqualTo(FamilyScope.whole("image"));
    assertThat(looks.scope("image")).hasToString("own+keyframe, required");
    assertThat(looks.embedded("text", "image")).containsExactly(SegmentRole.CAPTION);
  }

  @Test
  void takesWhatIsNamed() {
    FamilySpec looks = family("looks", Map.of("roles", " keyframe,own", "required", "false"));

    resolve(looks);
    assertThat(looks.scope("image")).hasToString("own+keyframe, optional");
    assertThat(looks.embedded("text", "image")).isEmpty();
    assertThat(family("looks", Map.of("roles", "keyframe")).scope("image").takesOwn()).isFalse();
  }

  @Test
  void whatAReleaseTellsIsReadBack() {
    FamilyScope frames = family("looks", Map.of("roles", "keyframe")).scope("image");

    assertThat(
            FamilyScope.told(
                "image", Optional.of(frames.partsInWords()), Optional.of(frames.need().word())))
        .isEqualTo(frames);
    assertThat(FamilyScope.told("image", Optional.empty(), Optional.empty()))
        .isEqualTo(FamilyScope.whole("image"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          roles|frames|Invalid lakehouse.family.looks.roles: 'frames' (expected 'all', or some of own, caption, passage, keyframe with commas between them, but found 'frames')
          roles|own,|but found ''
          roles|all,own|but found 'all'
          roles|passage|Family looks cannot take passage: bundle shapes-clip takes own, caption, keyframe. Change lakehouse.family.looks.roles
          roles|caption|Family looks would find nothing: lakehouse.family.looks.roles names caption, and its index holds own, keyframe
          required|no|Invalid lakehouse.family.looks.required: 'no' (must be true or false)
          """)
  void refusesWhatMakesNoSense(String key, String value, String message) {
    assertThatThrownBy(() -> resolve(family("looks", Map.of(key, value))))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining(message);
  }
}
