// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import java.util.ArrayList;
import java.util.List;

/**
 * The power of each frequency in a stretch of real numbers, by the fast Fourier transform of J. W.
 * Cooley and J. W. Tukey (1965) in the order of T. Stockham (1966), for any even length; fast where
 * it has small factors, as 400 and 512 have. For one thread.
 */
final class PowerSpectrum {
  private final int half;
  private final int[] factors;
  private final double[] cos;
  private final double[] sin;
  private double[] re;
  private double[] im;
  private double[] nextRe;
  private double[] nextIm;
  private final double[] power;

  /**
   * @param length even
   */
  PowerSpectrum(int length) {
    half = length / 2;
    factors = factors(half);
    cos = new double[length];
    sin = new double[length];
    for (int i = 0; i < length; i++) {
      cos[i] = Math.cos(-2 * Math.PI * i / length);
      sin[i] = Math.sin(-2 * Math.PI * i / length);
    }
    re = new double[half];
    im = new double[half];
    nextRe = new double[half];
    nextIm = new double[half];
    power = new double[half + 1];
  }

  private static int[] factors(int length) {
    List<Integer> factors = new ArrayList<>();
    int rest = length;
    for (int factor = 2; rest > 1; factor++) {
      while (rest % factor == 0) {
        factors.add(factor);
        rest /= factor;
      }
    }
    return factors.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The squares of the amplitudes from 0 to half the rate.
   *
   * @param samples as many as the length
   * @return half as many and one; reused by the next call
   */
  double[] of(double[] samples) {
    for (int i = 0; i < half; i++) { // even places are real, odd ones imaginary: half the work
      re[i] = samples[2 * i];
      im[i] = samples[2 * i + 1];
    }
    transform();
    for (int bin = 0; bin <= half; bin++) {
      power[bin] = power(bin);
    }
    return power;
  }

  /** Takes the two halves of the packed transform apart again. */
  private double power(int bin) {
    int at = bin % half;
    int mirrored = (half - bin) % half;
    double evenRe = (re[at] + re[mirrored]) / 2;
    double evenIm = (im[at] - im[mirrored]) / 2;
    double oddRe = (im[at] + im[mirrored]) / 2;
    double oddIm = (re[mirrored] - re[at]) / 2;
    double real = evenRe + cos[bin] * oddRe - sin[bin] * oddIm;
    double imaginary = evenIm + cos[bin] * oddIm + sin[bin] * oddRe;
    return real * real + imaginary * imaginary;
  }

  private void transform() {
    int length = half;
    int stride = 1;
    for (int factor : factors) {
      if (factor == 2) {
        halve(length, stride);
      } else {
        divide(length, stride, factor);
      }
      swap();
      length /= factor;
      stride *= factor;
    }
  }

  private void swap() {
    double[] real = re;
    double[] imaginary = im;
    re = nextRe;
    im = nextIm;
    nextRe = real;
    nextIm = imaginary;
  }

  private void halve(int length, int stride) {
    int rest = length / 2;
    for (int p = 0; p < rest; p++) {
      double turnRe = cos[2 * p * stride];
      double turnIm = sin[2 * p * stride];
      for (int q = 0; q < stride; q++) {
        int a = q + stride * p;
        int b = a + stride * rest;
        int to = q + stride * 2 * p;
        double differenceRe = re[a] - re[b];
        double differenceIm = im[a] - im[b];
        nextRe[to] = re[a] + re[b];
        nextIm[to] = im[a] + im[b];
        nextRe[to + stride] = differenceRe * turnRe - differenceIm * turnIm;
        nextIm[to + stride] = differenceRe * turnIm + differenceIm * turnRe;
      }
    }
  }

  private void divide(int length, int stride, int factor) {
    int rest = length / factor;
    for (int p = 0; p < rest; p++) {
      for (int out = 0; out < factor; out++) {
        for (int q = 0; q < stride; q++) {
          sum(length, stride, factor, p, out, q);
        }
      }
    }
  }

  private void sum(int length, int stride, int factor, int p, int out, int q) {
    int rest = length / factor;
    double sumRe = 0;
    double sumIm = 0;
    for (int k = 0; k < factor; k++) {
      int from = q + stride * (p + k * rest);
      // both turns in one: that of the factor's own transform, and that of the place
      int turn = 2 * stride * ((out * (p + k * rest)) % length);
      sumRe += re[from] * cos[turn] - im[from] * sin[turn];
      sumIm += re[from] * sin[turn] + im[from] * cos[turn];
    }
    int to = q + stride * (factor * p + out);
    nextRe[to] = sumRe;
    nextIm[to] = sumIm;
  }
}
