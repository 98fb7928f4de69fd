// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which run it was, and how it ended.
 *
 * @param id of the run
 * @param command what was asked
 * @param lake its root
 * @param started when it began, if that is known
 * @param ended when it ended; empty where it was killed or goes on
 * @param exitCode of the contract; empty likewise
 * @param error code and message of what ended it
 */
public record ReportedRun(
    String id,
    String command,
    String lake,
    Optional<Instant> started,
    Optional<Instant> ended,
    Optional<Integer> exitCode,
    Optional<Failure> error) {

  /**
   * What ended it.
   *
   * @param code stable
   * @param message for people
   */
  public record Failure(String code, String message) {}

  /** Whether it came to its end, whichever that was. */
  boolean isOver() {
    return exitCode.isPresent();
  }

  boolean isGood() {
    return exitCode.filter(code -> code == 0).isPresent();
  }

  /** From its start to its end, by the clock. */
  Optional<Duration> took() {
    return started.flatMap(from -> ended.map(to -> Duration.between(from, to)));
  }
}
