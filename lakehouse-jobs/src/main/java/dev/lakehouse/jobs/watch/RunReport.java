// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, as {@code runs/<id>/run-report.json} holds it.
 *
 * @param run its id
 * @param command what was asked
 * @param lake root of the lake
 * @param started ISO 8601
 * @param ended ISO 8601
 * @param exitCode of the contract
 * @param error class, code and message of what ended it; null where nothing did
 * @param steps in their order
 * @param before version of each table when the run began
 * @param after version of each table when it ended
 * @param states items in each state afterwards; empty where nobody asked
 */
public record RunReport(
    String run,
    String command,
    String lake,
    String started,
    String ended,
    int exitCode,
    @Nullable Map<String, String> error,
    List<Step> steps,
    Map<String, Long> before,
    Map<String, Long> after,
    Map<String, Long> states) {

  public RunReport {
    steps = List.copyOf(steps);
    before = new TreeMap<>(before);
    after = new TreeMap<>(after);
  }

  /**
   * One step.
   *
   * @param name of the step
   * @param seconds that it took
   * @param result its figures, by name
   */
  public record Step(String name, double seconds, Object result) {}
}
