// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

/** Figures of how often each of 256 levels occurs. */
final class Histogram {
  private final long[] counts;
  private final long all;

  Histogram(long[] counts) {
    this.counts = counts;
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    this.all = sum;
  }

  double mean() {
    double sum = 0;
    for (int level = 0; level < counts.length; level++) {
      sum += (double) level * counts[level];
    }
    return sum / all;
  }

  double deviation() {
    double mean = mean();
    double squares = 0;
    for (int level = 0; level < counts.length; level++) {
      squares += (level - mean) * (level - mean) * counts[level];
    }
    return Math.sqrt(squares / all);
  }

  /** Shannon entropy, bits. */
  double entropy() {
    double bits = 0;
    for (long count : counts) {
      double share = (double) count / all;
      bits -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
    }
    return bits;
  }

  double largestShare() {
    long largest = 0;
    for (long count : counts) {
      largest = Math.max(largest, count);
    }
    return (double) largest / all;
  }
}
