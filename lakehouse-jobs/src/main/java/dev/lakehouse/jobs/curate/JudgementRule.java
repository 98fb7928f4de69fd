// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a judgement was made, beside the policy: it changed, and a judgement of the past is repeated
 * as it was made.
 */
public enum JudgementRule {
  /** Ids tell policy and versions; a keeper has no captions but its own. */
  VERSIONS("1"),
  /** Ids tell lake, policy and commits; a keeper has the captions of its copies too. */
  COMMITS("2"),
  /** As before; ids tell contract, view and probes too. */
  BASIS("3");

  /** The rule of judgements that are made now. */
  public static final JudgementRule NOW = BASIS;

  /** The mark of a judgement's commit that names its rule; the first rule had no name. */
  public static final String MARK = "rule";

  private final String word;

  JudgementRule(String word) {
    this.word = word;
  }

  /** The rule of a mark's value. */
  public static JudgementRule of(Optional<String> mark) {
    return mark.map(JudgementRule::named).orElse(VERSIONS);
  }

  private static JudgementRule named(String word) {
    return Arrays.stream(values())
        .filter(rule -> rule.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                LakehouseException.of(
                    ErrorCode.CONFIG_INVALID,
                    "A judgement was made by rule %s: expected 1 to 3. A newer version of lakehouse"
                        + " wrote it; audit with that one",
                    word));
  }

  /** What stands in the mark. */
  public String word() {
    return word;
  }
}
