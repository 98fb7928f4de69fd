// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * How much of what is near an index finds, measured before its release was named.
 *
 * @param search how it is searched
 * @param sample vectors of the index whose neighbours were looked for; 0 where that is exact
 * @param at10 share, from 0 to 1, of the ten nearest others of these that it finds; 1 where it
 *     compares with every row
 * @param unindexed rows that only a look at each of them finds although there is a vector index
 */
public record IndexRecall(Search search, int sample, double at10, long unindexed) {

  /** How an index is searched. */
  public enum Search {
    /** A query is compared with every vector: there is nothing to measure. */
    EXACT,
    /** A graph leads to what is near. */
    APPROXIMATE;

    /** How people and tables write it. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public IndexRecall {
    requireNonNull(search, "search is null");
    if (!(at10 >= 0 && at10 <= 1)) {
      throw new IllegalArgumentException("at10 is not from 0 to 1: " + at10);
    }
  }

  /** Of an index without a vector index. */
  public static IndexRecall exact() {
    return new IndexRecall(Search.EXACT, 0, 1, 0);
  }

  /** Whether every row is indexed, and at least such a share of what is near is found. */
  public boolean isAtLeast(double share) {
    return at10 >= share && unindexed == 0;
  }

  /** The same in words, such as {@code recall@10 0.998, of 200 vectors}. */
  public String words() {
    return search == Search.EXACT
        ? "exact search"
        : "recall@10 %.3f, of %,d vectors%s"
            .formatted(
                at10, sample, unindexed == 0 ? "" : "; %,d rows unindexed".formatted(unindexed));
  }

  /** As a struct of {@code Tables.RECALLS}. */
  Object[] toStruct() {
    return new Object[] {search.word(), sample, at10, unindexed};
  }

  /** What a struct of {@code Tables.RECALLS} holds. */
  static IndexRecall fromStruct(Object[] struct) {
    return new IndexRecall(
        Search.valueOf(((String) struct[0]).toUpperCase(Locale.ROOT)),
        (Integer) struct[1],
        (Double) struct[2],
        (Long) struct[3]);
  }
}
