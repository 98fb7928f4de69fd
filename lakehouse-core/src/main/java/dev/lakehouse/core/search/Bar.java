// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

/**
 * What an answer has to reach to convince.
 *
 * @param threshold score from which on it does, by the calibration of its family
 * @param best score of the best hit, whatever part of the answer is shown
 */
public record Bar(double threshold, double best) {

  /** Whether the answer convinces. */
  public boolean isReached() {
    return best >= threshold;
  }

  /** What an answer says that does not. */
  String words() {
    return "Nothing convincing: the nearest has %.4f, and an answer convinces from %.4f on"
        .formatted(best, threshold);
  }
}
