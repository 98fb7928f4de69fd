// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.codec.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestDecoderChecks {
  private static DecoderChecks checks(Map<String, String> settings) {
    return new DecoderChecks(Limits.from(Settings.defaults().orElse(settings, "test")));
  }

  @Test
  void whatComesAlongDecodes() {
    assertThat(checks(Map.of()).all()).noneMatch(check -> check.status() == Check.Status.FAIL);
  }

  @Test
  void programsThatAreNotThereAreNamed() {
    assertThat(checks(Map.of(Setting.MEDIA_TOOLS.key(), "/no/such/folder")).all())
        .filteredOn(check -> check.status() == Check.Status.FAIL)
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.name()).isEqualTo("sound and film");
              assertThat(check.found()).contains("/no/such/folder/ffprobe");
            });
  }
}
