// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

/**
 * One thing that is not what its name says.
 *
 * @param check which promise it breaks
 * @param where the row, file or table
 * @param expected what should be there
 * @param found what is there
 * @param remedy the command that restores it
 */
public record Violation(String check, String where, String expected, String found, String remedy) {

  static final String REBUILD = "lakehouse publish --rebuild";
  static final String JUDGE = "lakehouse judge --full, then lakehouse publish";
  static final String DEDUP = "lakehouse dedup --full, then " + JUDGE;
  static final String REPAIR = "lakehouse repair --apply, then lakehouse run";

  /** The violation as one line. */
  @Override
  public String toString() {
    return "%s: %s: expected %s but found %s. Remedy: %s"
        .formatted(check, where, expected, found, remedy);
  }
}
