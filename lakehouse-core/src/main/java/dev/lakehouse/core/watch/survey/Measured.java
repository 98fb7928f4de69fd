// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.curate.Probe;
import java.util.List;

/**
 * The figures of a probe that are numbers.
 *
 * @param probe that measures them
 * @param figures their columns
 */
record Measured(Probe probe, List<Column> figures) {
  private static final List<Scalar> NUMBERS =
      List.of(Scalar.INT, Scalar.BIGINT, Scalar.FLOAT, Scalar.DOUBLE);

  static Measured of(Probe probe) {
    return new Measured(
        probe, probe.columns().stream().filter(column -> NUMBERS.contains(column.type())).toList());
  }

  /** Their values in a row; not a number where one is empty. */
  double[] of(Values row) {
    double[] values = new double[figures.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          row.find(figures.get(i).name())
              .map(value -> ((Number) value).doubleValue())
              .orElse(Double.NaN);
    }
    return values;
  }
}
