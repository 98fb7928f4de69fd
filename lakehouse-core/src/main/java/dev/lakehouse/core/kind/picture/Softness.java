// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

/**
 * How soft a picture's edges are, after the blur effect of Crete et al. (2007). The picture is
 * blurred along its rows and along its columns; a crisp one loses most of its differences between
 * neighbours, one that was blurred before has few to lose. Plain areas have no differences, so that
 * they do not count.
 */
final class Softness {
  private static final int REACH = 4;

  private long all;
  private double lost;

  private Softness() {}

  /** 0 where all differences are lost, 1 where none are, or there are none to lose. */
  static double of(Luminance picture) {
    Softness softness = new Softness();
    int[] row = new int[picture.width()];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] = picture.at(x, y);
      }
      softness.add(row);
    }
    int[] column = new int[picture.height()];
    for (int x = 0; x < picture.width(); x++) {
      for (int y = 0; y < column.length; y++) {
        column[y] = picture.at(x, y);
      }
      softness.add(column);
    }
    return softness.all == 0 ? 1 : (softness.all - softness.lost) / softness.all;
  }

  private void add(int[] line) {
    int[] sums = sums(line);
    for (int i = 1; i < line.length; i++) {
      int difference = Math.abs(line[i] - line[i - 1]);
      double left = (double) Math.abs(sums[i] - sums[i - 1]) / (2 * REACH + 1);
      all += difference;
      lost += Math.max(0, difference - left);
    }
  }

  /** Sums over neighbourhoods; beyond its ends a line goes on as it ended. */
  private static int[] sums(int[] line) {
    int last = line.length - 1;
    int[] sums = new int[line.length];
    int sum = 0;
    for (int i = -REACH; i <= REACH; i++) {
      sum += line[Math.min(last, Math.max(0, i))];
    }
    sums[0] = sum;
    for (int i = 1; i <= last; i++) {
      sum += line[Math.min(last, i + REACH)] - line[Math.max(0, i - REACH - 1)];
      sums[i] = sum;
    }
    return sums;
  }
}
