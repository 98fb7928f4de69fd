// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

import java.util.Arrays;

/**
 * 64 bits that similar pictures share.
 *
 * <p>The picture is reduced to 32 x 32 means of brightness and transformed by a two-dimensional
 * DCT-II; of the 8 x 8 lowest frequencies each is a bit: whether it lies above their median. This
 * is the pHash of Zauner (2010) as the Python library ImageHash defines it, with mean areas in the
 * place of Lanczos. Copies that were scaled, recompressed or brightened differ in a few bits.
 */
final class PerceptualHash {
  private static final int SIDE = 32;
  private static final int LOW = 8;
  private static final double[][] COSINES = cosines();

  private PerceptualHash() {}

  /** The hash as 16 lower-case hex digits, the lowest frequency first. */
  static String of(Luminance picture) {
    double[] low = lowFrequencies(reduce(picture));
    double[] sorted = low.clone();
    Arrays.sort(sorted);
    double median = (sorted[31] + sorted[32]) / 2;
    long bits = 0;
    for (double frequency : low) {
      bits = bits << 1 | (frequency > median ? 1 : 0);
    }
    return "%016x".formatted(bits);
  }

  private static int[] reduce(Luminance picture) {
    int[] reduced = new int[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      int top = (int) ((long) y * picture.height() / SIDE);
      int bottom = (int) ((y + 1L) * picture.height() / SIDE);
      for (int x = 0; x < SIDE; x++) {
        int left = (int) ((long) x * picture.width() / SIDE);
        int right = (int) ((x + 1L) * picture.width() / SIDE);
        reduced[y * SIDE + x] =
            picture.mean(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
      }
    }
    return reduced;
  }

  private static double[] lowFrequencies(int[] levels) {
    double[] rows = new double[SIDE * LOW];
    for (int y = 0; y < SIDE; y++) {
      for (int u = 0; u < LOW; u++) {
        for (int x = 0; x < SIDE; x++) {
          rows[y * LOW + u] += levels[y * SIDE + x] * COSINES[u][x];
        }
      }
    }
    double[] low = new double[LOW * LOW];
    for (int v = 0; v < LOW; v++) {
      for (int u = 0; u < LOW; u++) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
          sum += rows[y * LOW + u] * COSINES[v][y];
        }
        low[v * LOW + u] = Math.rint(sum * 1000) / 1000; // what is 0 by symmetry must be 0
      }
    }
    return low;
  }

  private static double[][] cosines() {
    double[][] cosines = new double[LOW][SIDE];
    for (int u = 0; u < LOW; u++) {
      for (int x = 0; x < SIDE; x++) {
        cosines[u][x] = StrictMath.cos(Math.PI * u * (2 * x + 1) / (2.0 * SIDE));
      }
    }
    return cosines;
  }
}
