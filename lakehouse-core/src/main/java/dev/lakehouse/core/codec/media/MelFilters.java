// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

/** The triangular bands that a spectrum is summed up in; holds what is not zero of them. */
final class MelFilters {
  private final int[] first;
  private final double[][] weights;

  private MelFilters(int bands) {
    first = new int[bands];
    weights = new double[bands][];
  }

  /** The bands of a spectrogram, over bins of half a transform and one. */
  static MelFilters of(MelSpec spec) {
    MelFilters filters = new MelFilters(spec.bands());
    double[] edges = edges(spec);
    for (int band = 0; band < spec.bands(); band++) {
      filters.set(spec, band, edges[band], edges[band + 1], edges[band + 2]);
    }
    return filters;
  }

  /** Where bands begin, peak and end, mel; each peaks where its neighbours end. */
  private static double[] edges(MelSpec spec) {
    double low = spec.scale().mel(spec.recipe().lowest());
    double high = spec.scale().mel(MelSpec.RATE / 2.0);
    double[] edges = new double[spec.bands() + 2];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = low + (high - low) * i / (edges.length - 1);
    }
    return edges;
  }

  private void set(MelSpec spec, int band, double begin, double peak, double end) {
    int bins = spec.recipe().transform() / 2 + 1;
    double[] all = new double[bins];
    int from = bins;
    int to = 0;
    for (int bin = 0; bin < bins; bin++) {
      double hertz = (double) bin * MelSpec.RATE / spec.recipe().transform();
      all[bin] = height(spec, hertz, begin, peak, end);
      if (all[bin] > 0) {
        from = Math.min(from, bin);
        to = bin + 1;
      }
    }
    first[band] = Math.min(from, to);
    weights[band] = new double[to - first[band]];
    System.arraycopy(all, first[band], weights[band], 0, weights[band].length);
  }

  private static double height(MelSpec spec, double hertz, double begin, double peak, double end) {
    MelScale scale = spec.scale();
    double height =
        spec.recipe() == MelSpec.Recipe.KALDI
            ? triangle(scale.mel(hertz), begin, peak, end)
            : triangle(hertz, scale.hertz(begin), scale.hertz(peak), scale.hertz(end));
    return spec.norm() == MelSpec.Norm.SLANEY
        ? height * 2 / (scale.hertz(end) - scale.hertz(begin))
        : height;
  }

  private static double triangle(double at, double begin, double peak, double end) {
    return Math.max(0, Math.min((at - begin) / (peak - begin), (end - at) / (end - peak)));
  }

  /**
   * Sums a spectrum up.
   *
   * @param power of each bin
   * @return one number for each band
   */
  double[] of(double[] power) {
    double[] sums = new double[first.length];
    for (int band = 0; band < sums.length; band++) {
      double[] weight = weights[band];
      double sum = 0;
      for (int i = 0; i < weight.length; i++) {
        sum += weight[i] * power[first[band] + i];
      }
      sums[band] = sum;
    }
    return sums;
  }
}
