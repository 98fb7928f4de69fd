// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.audio;

/** How often each level occurs, in steps of half a decibel from -120 dB of full scale upwards. */
final class Levels {
  private static final double LOWEST = -120;
  private static final double STEP = 0.5;

  private final long[] counts = new long[300];
  private long all;

  /**
   * @param power mean square of the samples of a window
   */
  void add(double power) {
    double level = power <= 0 ? LOWEST : 10 * Math.log10(power);
    int step = (int) Math.floor((level - LOWEST) / STEP);
    counts[Math.max(0, Math.min(counts.length - 1, step))]++;
    all++;
  }

  long count() {
    return all;
  }

  /** Share of windows that are fainter. */
  double shareBelow(double level) {
    long below = 0;
    for (int step = 0; step < counts.length && LOWEST + step * STEP < level; step++) {
      below += counts[step];
    }
    return (double) below / all;
  }

  /**
   * The level that a share of all windows does not exceed.
   *
   * @param share 0 to 1
   */
  double percentile(double share) {
    long upTo = Math.max(1, (long) Math.ceil(share * all));
    long seen = 0;
    for (int step = 0; step < counts.length; step++) {
      seen += counts[step];
      if (seen >= upTo) {
        return LOWEST + step * STEP;
      }
    }
    return LOWEST + counts.length * STEP;
  }
}
