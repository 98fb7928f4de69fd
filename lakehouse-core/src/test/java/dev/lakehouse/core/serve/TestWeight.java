// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestWeight {

  @Test
  void aRowWeighsWhatItsTextsAndPartsDo() {
    Values row = Values.of(Tables.PUBLISHED).set("asset_id", "a");
    assertThat(Weight.of(row, Tables.PUBLISHED)).isBetween(1L, 500L);

    row.set("text", "x".repeat(10_000));
    assertThat(Weight.of(row, Tables.PUBLISHED)).isBetween(20_000L, 21_000L);

    row.set("passages", List.of(new Object[] {"text/0-1", "x".repeat(5_000)}, new Object[] {null}));
    assertThat(Weight.of(row, Tables.PUBLISHED)).isBetween(30_000L, 32_000L);
  }
}
