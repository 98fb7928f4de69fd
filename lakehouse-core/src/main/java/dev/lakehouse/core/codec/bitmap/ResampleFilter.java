// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

/** The resampling kernels of Pillow, by their names there. */
public enum ResampleFilter {
  /** One pixel of the source for each of the target; {@link Resample} takes it as it is. */
  NEAREST(0) {
    @Override
    double weight(double x) {
      return 1;
    }
  },
  BOX(0.5) {
    @Override
    double weight(double x) {
      return x > -0.5 && x <= 0.5 ? 1 : 0;
    }
  },
  BILINEAR(1) {
    @Override
    double weight(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  HAMMING(1) {
    @Override
    double weight(double x) {
      double at = Math.abs(x);
      if (at >= 1) {
        return 0;
      }
      return sinc(at) * (0.54f + 0.46f * Math.cos(at * Math.PI)); // single precision as in Pillow
    }
  },
  BICUBIC(2) {
    private static final double A = -0.5;

    @Override
    double weight(double x) {
      double at = Math.abs(x);
      if (at < 1) {
        return ((A + 2) * at - (A + 3)) * at * at + 1;
      }
      return at < 2 ? (((at - 5) * at + 8) * at - 4) * A : 0;
    }
  },
  LANCZOS(3) {
    @Override
    double weight(double x) {
      return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
    }
  };

  private final double support;

  ResampleFilter(double support) {
    this.support = support;
  }

  /** How far the kernel reaches on each side, in source pixels when nothing is scaled. */
  double support() {
    return support;
  }

  abstract double weight(double x);

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }
}
