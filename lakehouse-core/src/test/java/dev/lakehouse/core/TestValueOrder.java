// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestValueOrder {

  @Test
  void textsAreInTheOrderOfTheirBytes() {
    List<String> texts =
        List.of("", "A", "Z", "a", "aa", "\u00e4", "\ud7ff", "\ue000", "\uffff", "\ud83d\udc08");
    for (String left : texts) {
      for (String right : texts) {
        int bytes =
            Arrays.compareUnsigned(
                left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        assertThat(Integer.signum(ValueOrder.of(left, right)))
            .as("'%s' and '%s'", left, right)
            .isEqualTo(Integer.signum(bytes));
      }
    }
  }

  @Test
  void numbersOfAllKindsCompare() {
    assertThat(ValueOrder.of(3, new BigDecimal("3.0"))).isZero();
    assertThat(ValueOrder.of(Long.MAX_VALUE, new BigDecimal("9223372036854775806"))).isPositive();
    assertThat(ValueOrder.of(-0.0, 0.0)).isZero();
    assertThat(ValueOrder.of(Double.NaN, Double.POSITIVE_INFINITY)).isPositive();
    assertThat(ValueOrder.of(0.1f, new BigDecimal("0.1"))).isPositive();
  }

  @Test
  void whatIsEmptyComesFirst() {
    assertThat(ValueOrder.ofRows(List.of("a", ValueOrder.EMPTY), List.of("a", ""))).isNegative();
    assertThat(ValueOrder.of(ValueOrder.EMPTY, ValueOrder.EMPTY)).isZero();
  }

  @Test
  void momentsCompareToTheirLastDigit() {
    Timestamp moment = Timestamp.from(Instant.parse("2026-01-01T00:00:00.000001Z"));

    assertThat(ValueOrder.of(moment, Instant.parse("2026-01-01T00:00:00Z"))).isPositive();
  }
}
