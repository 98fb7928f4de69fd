// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.lake.index.IndexColumns;
import java.util.Optional;

/**
 * A question to one family of a release.
 *
 * @param family as the release names it
 * @param input what to look for: a text, or the bytes of an image or a sound
 * @param k how many assets at most, 1 to 1000
 * @param where a condition that hits must meet
 */
public record SearchQuery(String family, EmbedInput input, int k, Optional<Filter> where) {
  private static final int MAX_K = 1000;

  public SearchQuery {
    requireNonNull(family, "family is null");
    requireNonNull(input, "input is null");
    String unused = require(input, k);
  }

  /**
   * Refuses what nothing could answer.
   *
   * @return the tower that embeds the input
   */
  static String require(EmbedInput input, int k) {
    requireK(k);
    if (input instanceof EmbedInput.Query query && query.text().isBlank()
        || input instanceof EmbedInput.Text text && text.text().isBlank()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "The query is empty: give a text, an image with --image, or a sound with --audio");
    }
    return input.kind();
  }

  static void requireK(int k) {
    if (k < 1 || k > MAX_K) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID, "Invalid -k: %d (must be between 1 and %d)", k, MAX_K);
    }
  }

  /** A question with its condition as the user wrote it. */
  public static SearchQuery of(String family, EmbedInput input, int k, Optional<String> where) {
    return new SearchQuery(family, input, k, filter(where));
  }

  /** A question by text. */
  public static SearchQuery text(String family, String text, int k, Optional<String> where) {
    return of(family, EmbedInput.query(text), k, where);
  }

  /** A question by the bytes of an image file. */
  public static SearchQuery image(String family, byte[] image, int k, Optional<String> where) {
    return of(family, EmbedInput.image(image), k, where);
  }

  /** A question by the bytes of a sound file. */
  public static SearchQuery audio(String family, byte[] audio, int k, Optional<String> where) {
    return of(family, EmbedInput.audio(audio), k, where);
  }

  /** A condition on the columns of an index. */
  static Optional<Filter> filter(Optional<String> where) {
    return where.map(condition -> Filter.parse(condition, IndexColumns.FILTERS));
  }
}
