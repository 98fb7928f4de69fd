// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestExcerpt {

  @Test
  void noCharacterIsCutInHalf() {
    assertThat(Excerpt.of("a🐈b", 2)).isEqualTo("a🐈…");
    assertThat(Excerpt.of("a🐈b", 3)).isEqualTo("a🐈b");
    assertThat(Excerpt.of("", 0)).isEmpty();
  }
}
