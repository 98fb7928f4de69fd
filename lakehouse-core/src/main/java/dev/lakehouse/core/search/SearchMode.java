// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.Arrays;
import java.util.Locale;

/** What makes an asset an answer. */
public enum SearchMode {
  /**
   * Its vector is near. Scores are cosines. What is asked where nobody says otherwise: it takes any
   * content, answers in any language, and its scores mean the same in every answer.
   */
  VECTOR,
  /** It holds the words. Scores are BM25, above 0; no model is loaded. */
  WORDS,
  /** Both lists as one, by reciprocal ranks. */
  HYBRID;

  /** How a user writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode that a user means.
   *
   * @throws LakehouseException CONFIG_INVALID if there is none
   */
  public static SearchMode of(String word) {
    return Arrays.stream(values())
        .filter(mode -> mode.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.CONFIG_INVALID,
                    "Invalid --mode: '%s' (must be vector, words or hybrid)",
                    word));
  }
}
