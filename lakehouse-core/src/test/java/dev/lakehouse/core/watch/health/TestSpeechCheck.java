// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.speech.TinyDetector;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSpeechCheck {
  @TempDir Path folder;

  private static Optional<Check> check(Object detector) {
    Map<String, String> told =
        Map.of(Setting.SPEECH_BUNDLE.key(), detector.toString(), Setting.TEXT_MODEL.key(), "none");
    Settings settings = Settings.defaults().orElse(told, "test");
    return new ModelChecks(settings, ModelsRoot.at("none"), Allowance.ofMachine())
        .all().stream().filter(check -> check.name().equals("speech")).findFirst();
  }

  @Test
  void aDetectorIsLoadedAndTried() {
    Check check = check(TinyDetector.write(folder.resolve("tiny.onnx"), 1)).orElseThrow();

    assertThat(check.status()).isEqualTo(Check.Status.OK);
    assertThat(check.found()).matches(".*tiny.onnx \\(\\w{12}\\), \\d+ times as fast as sound");
  }

  @Test
  void oneThatIsNotThereFails() {
    Check check = check(folder.resolve("gone.onnx")).orElseThrow();

    assertThat(check.status()).isEqualTo(Check.Status.FAIL);
    assertThat(check.found()).contains("gone.onnx");
    assertThat(check.remedy()).contains(Setting.SPEECH_BUNDLE.key());
  }

  @Test
  void withoutOneThereIsNothingToTry() {
    assertThat(check("none")).isEmpty();
  }
}
