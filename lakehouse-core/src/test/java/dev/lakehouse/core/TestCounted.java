// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestCounted {

  @Test
  void oneIsNoPlural() {
    assertThat(Counted.of(1, "text")).isEqualTo("1 text");
    assertThat(Counted.of(0, "text")).isEqualTo("0 texts");
    assertThat(Counted.of(12_000, "batch")).isEqualTo("12,000 batches");
  }
}
