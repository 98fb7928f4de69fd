// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * Values counted in bins of equal width, in the figure's own unit or in its logarithm.
 *
 * @param scale of the axis
 * @param first where the first bin begins, on the axis
 * @param width of a bin, on the axis
 * @param passed values of what passed, by bin
 * @param others values of what did not, by bin
 */
public record Bins(Scale scale, double first, double width, long[] passed, long[] others) {
  private static final int MOST = 28;
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  /** From the least to the middle value and on to the greatest, what is drawn by magnitude. */
  private static final double WIDE = 60;

  /** How values lie on the axis. */
  public enum Scale {
    /** As they are. */
    PLAIN,
    /** Whole numbers, each in the middle of its bin. */
    WHOLE,
    /** By magnitude: tenfold is as far everywhere; zero has a bin of its own at the left. */
    MAGNITUDE
  }

  /**
   * Counts.
   *
   * @param values at least one, all finite, in any order
   * @param passes whether that of the same place passed
   * @param whole whether they are whole numbers
   */
  public static Bins of(double[] values, boolean[] passes, boolean whole) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    Bins empty = axis(sorted, whole);
    for (int i = 0; i < values.length; i++) {
      long[] counts = passes[i] ? empty.passed : empty.others;
      counts[empty.bin(values[i])]++;
    }
    return empty;
  }

  private static Bins axis(double[] sorted, boolean whole) {
    double min = sorted[0];
    double max = sorted[sorted.length - 1];
    double middle = sorted[sorted.length / 2];
    if (whole && max - min < MOST) {
      return empty(Scale.WHOLE, min - 0.5, 1, (int) (max - min) + 1);
    }
    if (min >= 0 && max > WIDE * Math.max(middle, whole ? 1 : max / 1e6)) {
      return magnitude(sorted, max);
    }
    double width = step((max - min) / MOST);
    double first = Math.floor(min / width) * width;
    return empty(Scale.PLAIN, first, width, (int) Math.floor((max - first) / width) + 1);
  }

  private static Bins magnitude(double[] sorted, double max) {
    double least = Arrays.stream(sorted).filter(value -> value > 0).findFirst().orElse(1);
    double from = Math.floor(Math.log10(least));
    double decades = Math.ceil(Math.log10(max) + 1e-9) - from;
    double width = decades <= 3 ? 0.125 : decades <= 7 ? 0.25 : 0.5;
    int bins = (int) Math.floor((Math.log10(max) - from) / width) + 1;
    int zero = (int) Math.round(1 / width); // a decade to the left, of which zero has the first bin
    return empty(Scale.MAGNITUDE, from - 1, width, bins + zero);
  }

  private static Bins empty(Scale scale, double first, double width, int bins) {
    return new Bins(scale, first, width, new long[bins], new long[bins]);
  }

  /** The next nicer number. */
  private static double step(double raw) {
    if (!(raw > 0)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (double step : STEPS) {
      if (step * power >= raw * (1 - 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private int bin(double value) {
    int bin = (int) Math.floor((place(value) - first) / width + 1e-9);
    return Math.max(0, Math.min(passed.length - 1, bin));
  }

  /** Where a value lies on the axis. */
  double place(double value) {
    if (scale != Scale.MAGNITUDE) {
      return value;
    }
    return value > 0 ? Math.log10(value) : first + width / 2;
  }

  int size() {
    return passed.length;
  }

  /** The middle of a bin, on the axis. */
  double middle(int bin) {
    return first + (bin + 0.5) * width;
  }

  /** Where the last bin ends, on the axis. */
  double end() {
    return first + passed.length * width;
  }

  long total() {
    return Arrays.stream(passed).sum() + Arrays.stream(others).sum();
  }

  /** The values of a bin, in words. */
  String range(int bin) {
    double from = first + bin * width;
    return switch (scale) {
      case WHOLE -> number(from + 0.5);
      case PLAIN -> number(from) + " to " + number(from + width);
      case MAGNITUDE ->
          bin == 0 ? "0" : number(Math.pow(10, from)) + " to " + number(Math.pow(10, from + width));
    };
  }

  /** A number as people write it, three digits long at least. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    double size = Math.abs(value);
    int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
    String plain = String.format(Locale.ROOT, "%,." + digits + "f", value);
    String zeros = digits == 0 ? plain : plain.replaceFirst("0+$", "").replaceFirst("[.]$", "");
    return size < 1e-5 ? String.format(Locale.ROOT, "%.1e", value) : zeros;
  }
}
