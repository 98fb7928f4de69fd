// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import java.util.Optional;

/**
 * What somebody says about the dialect of a CSV manifest; the rest is found out.
 *
 * @param delimiter between fields
 * @param quote around fields; {@link #NONE} if quotes are letters like any other
 * @param escape before a quote inside quotes; {@link #NONE} if quotes are doubled there
 */
public record CsvOptions(
    Optional<Character> delimiter, Optional<Character> quote, Optional<Character> escape) {
  /** No such character. */
  public static final char NONE = '\0';

  /** Everything is found out. */
  public static CsvOptions guessed() {
    return new CsvOptions(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
