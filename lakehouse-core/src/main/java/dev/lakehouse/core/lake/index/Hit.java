// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import dev.lakehouse.core.Values;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A segment that a search found.
 *
 * @param score what it was ranked by: the cosine of query and segment, -1 to 1; the BM25 of its
 *     words, above 0; or the sum of reciprocal ranks, above 0
 * @param row the columns of {@link IndexColumns#TABLE}, without the vector and the words
 * @param standings where it stood in each list that the answer was made of
 * @param nearDuplicates assets that it stands for, in the order in which they were found
 */
public record Hit(double score, Values row, List<Standing> standings, List<String> nearDuplicates) {

  /**
   * A place in a list.
   *
   * @param list whose: {@link #VECTOR}, {@link #WORDS} or the name of a family
   * @param rank from 1
   * @param score what that list is ranked by
   * @param segment that stood there for the asset
   */
  public record Standing(String list, int rank, double score, String segment) {}

  /** Best first; equal scores in the order of asset and segment. */
  public static final Comparator<Hit> ORDER =
      Comparator.comparingDouble(Hit::score)
          .reversed()
          .thenComparing(Hit::assetId)
          .thenComparing(Hit::segment);

  /** The list of what is near by meaning; its scores are cosines. */
  public static final String VECTOR = "vector";

  /** The list of what holds the words; its scores are BM25. */
  public static final String WORDS = "words";

  public Hit {
    standings = List.copyOf(standings);
    nearDuplicates = List.copyOf(nearDuplicates);
  }

  /** A hit of one list, not ranked yet. */
  public Hit(double score, Values row) {
    this(score, row, List.of());
  }

  /** A hit that stands for itself alone. */
  public Hit(double score, Values row, List<Standing> standings) {
    this(score, row, standings, List.of());
  }

  /** The same, standing for assets that are not listed. */
  public Hit standingFor(List<String> assetIds) {
    return new Hit(score, row, standings, assetIds);
  }

  /** Where it stood in a list, if it did. */
  public Optional<Standing> standing(String list) {
    return standings.stream().filter(standing -> standing.list().equals(list)).findFirst();
  }

  /** The asset that the segment is part of. */
  public String assetId() {
    return row.require(IndexColumns.ASSET_ID, String.class);
  }

  /** The part of the asset. */
  public String segment() {
    return row.require(IndexColumns.SEGMENT, String.class);
  }

  /** What the asset belongs to: its group, or itself alone. */
  public String group() {
    return row.text(IndexColumns.GROUP_ID).map("group:"::concat).orElse("asset:" + assetId());
  }
}
