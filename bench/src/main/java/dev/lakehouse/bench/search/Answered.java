// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.search;

/**
 * How one system answered with one effort, as its process says it.
 *
 * @param system who answered
 * @param setting how hard it looked
 * @param rows of the index
 * @param dimension of its vectors
 * @param recall share of the ten nearest that it found
 * @param alone one client, one question after the other
 * @param together eight clients at once
 * @param peakRssMib most memory that the process ever held
 */
public record Answered(
    String system,
    String setting,
    int rows,
    int dimension,
    double recall,
    Pace alone,
    Pace together,
    long peakRssMib) {

  /**
   * How fast.
   *
   * @param questions answered
   * @param seconds by the wall clock
   * @param cpuSeconds of all threads of the process
   * @param medianMs of one answer
   * @param slowMs which one answer of a hundred exceeds
   */
  public record Pace(
      int questions, double seconds, double cpuSeconds, double medianMs, double slowMs) {

    double rate() {
      return questions / seconds;
    }

    double cpuRate() {
      return questions / cpuSeconds;
    }
  }
}
