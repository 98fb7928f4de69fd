// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import java.util.List;
import java.util.Optional;

/**
 * What a command answers: the same facts for programs and for people.
 *
 * @param json maps, lists and plain values; printed with {@code --json} (shapes: docs/json.md)
 * @param lines printed otherwise
 * @param exitCode of the contract; 0 unless the answer itself is bad news
 * @param ending the very last line, below the one that says which lake it is: where more is to be
 *     seen
 */
public record Report(Object json, List<String> lines, int exitCode, Optional<String> ending) {

  public Report {
    lines = List.copyOf(lines);
  }

  /** An answer that ends with the lake that it is about. */
  public Report(Object json, List<String> lines, int exitCode) {
    this(json, lines, exitCode, Optional.empty());
  }

  /** The same with a last line. */
  public Report ending(String line) {
    return new Report(json, lines, exitCode, Optional.of(line));
  }

  /** An answer that is no bad news. */
  public static Report of(Object json, List<String> lines) {
    return new Report(json, lines, 0);
  }
}
