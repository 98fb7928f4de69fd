// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.List;

/**
 * How the values of a figure are spread.
 *
 * @param group whose figures they are: {@code image}, {@code captions of image}
 * @param figure its column
 * @param meaning one sentence, with the unit
 * @param bins its values
 * @param lines thresholds of the policy
 * @param least value
 * @param greatest value; where it is the least too there is nothing to draw
 */
public record FigureChart(
    String group,
    String figure,
    String meaning,
    Bins bins,
    List<Line> lines,
    double least,
    double greatest) {
  /** What stands before the modality of the assets, where their captions were measured. */
  public static final String CAPTIONS = "captions of ";

  public FigureChart {
    lines = List.copyOf(lines);
  }

  /** Whether all values are the same. */
  boolean isConstant() {
    return least == greatest;
  }

  /**
   * A threshold.
   *
   * @param bound in the unit of the figure
   * @param words the threshold and what missing it means
   * @param severity of the rule: fail, review or warn
   * @param beyond values that miss it
   */
  public record Line(double bound, String words, String severity, long beyond) {}
}
