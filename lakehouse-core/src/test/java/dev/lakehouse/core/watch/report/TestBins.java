// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.watch.report.Bins.Scale;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TestBins {
  private static Bins of(boolean whole, double... values) {
    return Bins.of(values, new boolean[values.length], whole);
  }

  @Test
  void fewWholeNumbersHaveABinEach() {
    Bins bins = Bins.of(new double[] {1, 3, 3}, new boolean[] {true, false, true}, true);

    assertThat(bins.scale()).isEqualTo(Scale.WHOLE);
    assertThat(bins.passed()).containsExactly(1, 0, 1);
    assertThat(bins.others()).containsExactly(0, 0, 1);
    assertThat(bins.range(2)).isEqualTo("3");
  }

  @Test
  void whatSpansMagnitudesIsDrawnByMagnitudeAndZeroStandsApart() {
    Bins bins = of(true, 0, 0, 1, 2, 3, 4, 5, 1_000_000);

    assertThat(bins.scale()).isEqualTo(Scale.MAGNITUDE);
    assertThat(bins.range(0)).isEqualTo("0");
    assertThat(bins.others()[0]).isEqualTo(2);
    assertThat(bins.others()[bins.size() - 1]).isEqualTo(1);
    assertThat(bins.place(0)).isLessThan(bins.place(1));
  }

  @Test
  void valuesAreWithinTheRangeThatTheirBinNames() {
    Bins bins = of(false, 0.1, 0.25, 0.9);

    assertThat(bins.scale()).isEqualTo(Scale.PLAIN);
    assertThat(bins.first()).isLessThanOrEqualTo(0.1);
    assertThat(bins.end()).isGreaterThan(0.9);
  }

  @RepeatedTest(40)
  void everyValueIsInOneBin(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    double scale = Math.pow(10, random.nextInt(12) - 4);
    boolean whole = random.nextBoolean();
    double[] values =
        IntStream.range(0, 1 + random.nextInt(500))
            .mapToDouble(i -> scale * Math.exp(3 * random.nextGaussian()) - random.nextInt(2))
            .map(value -> whole ? Math.rint(value) : value)
            .toArray();
    boolean[] passes = new boolean[values.length];
    Arrays.fill(passes, 0, values.length / 2, true);

    Bins bins = Bins.of(values, passes, whole);

    assertThat(Arrays.stream(bins.passed()).sum()).isEqualTo(values.length / 2);
    assertThat(bins.total()).isEqualTo(values.length);
    assertThat(bins.size()).isBetween(1, 60);
  }

  @Test
  void numbersAreWrittenAsPeopleDo() {
    assertThat(Bins.number(1234567)).isEqualTo("1,234,567");
    assertThat(Bins.number(0.25)).isEqualTo("0.25");
    assertThat(Bins.number(1234.56)).isEqualTo("1,235");
    assertThat(Bins.number(0)).isEqualTo("0");
    assertThat(Bins.number(0.0000004)).isEqualTo("4.0e-07");
  }
}
