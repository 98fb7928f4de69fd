// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.kind.Kinds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestBatching {

  @ParameterizedTest
  @CsvSource({
    "image, cpu, 8, 1024, 8",
    "text, cpu, 64, 1024, 2048",
    "image, cuda:0, 64, 16384, 64",
    "text, cuda:1, 64, 16384, 2048"
  })
  void whatNobodyChoseSuitsTheDevice(
      String tower, String device, int rows, long tokens, int window) {
    assertThat(Batching.from(Settings.defaults()).shape(Kinds.tower(tower), device))
        .isEqualTo(new BatchShape(rows, 64 << 20, tokens, window));
  }

  @Test
  void whatWasChosenHoldsOnEveryDevice() {
    Batching chosen =
        Batching.from(
            Settings.defaults()
                .orElse(
                    Map.of(
                        "lakehouse.embed.batch-size", "7",
                        "lakehouse.embed.batch-tokens", "300",
                        "lakehouse.embed.sort-window", "50"),
                    "test"));

    assertThat(chosen.shape(Kinds.tower("text"), "cpu"))
        .isEqualTo(new BatchShape(7, 64 << 20, 300, 50));
    assertThat(chosen.shape(Kinds.tower("image"), "cuda:0"))
        .isEqualTo(new BatchShape(7, 64 << 20, 300, 7));
  }

  @Test
  void whatIsNeitherANumberNorAutoIsRefused() {
    Settings settings =
        Settings.defaults().orElse(Map.of("lakehouse.embed.batch-size", "automatic"), "test");

    assertThatThrownBy(() -> Batching.from(settings))
        .hasMessage(
            "Invalid lakehouse.embed.batch-size: 'automatic' (must be a whole number or auto)");
  }
}
