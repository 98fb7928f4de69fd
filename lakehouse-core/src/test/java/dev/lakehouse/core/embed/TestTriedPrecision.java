// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.PrecisionChoice;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestTriedPrecision {
  private static PrecisionChoice best(TriedPrecision... tried) {
    return TriedPrecision.best(Precision.FP32, List.of(tried));
  }

  private static TriedPrecision half(double speed, double cosine) {
    return TriedPrecision.measured(Precision.FP16, speed, cosine);
  }

  @Test
  void theFastestThatIsNearEnoughWins() {
    PrecisionChoice choice =
        best(
            TriedPrecision.measured(Precision.BF16, 1.5, 0.9999),
            half(1.8, 0.99979),
            TriedPrecision.measured(Precision.INT8, 3, 0.9989));

    assertThat(choice).hasToString("fp16 (auto: 1.80 x fp32, cosine >= 0.9997)");
  }

  @Test
  void theOtherMustBeFasterByATwentieth() {
    assertThat(best(half(1.04, 1)))
        .hasToString("fp32 (auto: fp16 1.04 x fp32, cosine >= 1.0000, not faster by 5 %)");
    assertThat(best(half(1.05, 1)).precision()).isEqualTo(Precision.FP16);
  }

  @Test
  void theFurthestItemDecides() {
    assertThat(best(half(9, 0.99899)))
        .hasToString("fp32 (auto: fp16 9.00 x fp32, cosine >= 0.9989, below 0.999)");
    assertThat(best(half(9, 0.999)).precision()).isEqualTo(Precision.FP16);
    assertThat(best(half(9, Double.NaN)).precision()).isEqualTo(Precision.FP32);
  }

  @Test
  void whatCannotBeRunSaysWhy() {
    assertThat(
            best(
                TriedPrecision.hindered(Precision.BF16, "cannot be run: no kernels"), half(0.5, 1)))
        .hasToString(
            "fp32 (auto: bf16 cannot be run: no kernels; fp16 0.50 x fp32, cosine >= 1.0000, not"
                + " faster by 5 %)");
  }
}
