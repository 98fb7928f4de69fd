// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestPlace {
  @Test
  void placesAreSaidAsPeopleDo() {
    assertThat(Place.of("whole")).isEqualTo("whole");
    assertThat(Place.of("caption/2")).isEqualTo("caption 2");
    assertThat(Place.of("page/3")).isEqualTo("page 3");
    assertThat(Place.of("page/3/chars/0-800")).isEqualTo("page 3, characters 0–800");
    assertThat(Place.of("time/42.0-47.5")).isEqualTo("00:42–00:47");
    assertThat(Place.of("time/3661.25-3700")).isEqualTo("1:01:01–1:01:40");
  }
}
