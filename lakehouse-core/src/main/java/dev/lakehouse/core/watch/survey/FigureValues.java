// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.watch.report.Bins;
import dev.lakehouse.core.watch.report.FigureChart;
import java.util.Arrays;
import java.util.List;

/** The values of one figure of one group of contents. */
final class FigureValues {
  private final String group;
  private final Column figure;
  private final List<Limit> limits;
  private double[] values = new double[64];
  private boolean[] passes = new boolean[64];
  private int size;

  /**
   * @param group whose contents they are
   * @param limits thresholds on the figure
   */
  FigureValues(String group, Column figure, List<Limit> limits) {
    this.group = group;
    this.figure = figure;
    this.limits = List.copyOf(limits);
  }

  void add(double value, Owner owner) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      passes = Arrays.copyOf(passes, 2 * size);
    }
    values[size] = value;
    passes[size++] = owner.passes();
    limits.forEach(limit -> limit.offer(value, owner.assetId()));
  }

  boolean isEmpty() {
    return size == 0;
  }

  FigureChart chart() {
    double[] all = Arrays.copyOf(values, size);
    Bins bins = Bins.of(all, Arrays.copyOf(passes, size), figure.type() != Scalar.DOUBLE);
    double min = Arrays.stream(all).min().orElse(0);
    double max = Arrays.stream(all).max().orElse(0);
    return new FigureChart(
        group,
        figure.name(),
        figure.meaning(),
        bins,
        limits.stream().map(Limit::line).toList(),
        min,
        max);
  }
}
