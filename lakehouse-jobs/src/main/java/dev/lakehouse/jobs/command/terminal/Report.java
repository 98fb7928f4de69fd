// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import java.util.List;

/**
 * What a command answers: the same facts for programs and for people.
 *
 * @param json maps, lists and plain values; printed with {@code --json} (shapes: docs/json.md)
 * @param lines printed otherwise
 * @param exitCode of the contract; 0 unless the answer itself is bad news
 */
public record Report(Object json, List<String> lines, int exitCode) {

  public Report {
    lines = List.copyOf(lines);
  }

  /** An answer that is no bad news. */
  public static Report of(Object json, List<String> lines) {
    return new Report(json, lines, 0);
  }
}
