// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import dev.lakehouse.core.lake.IndexRecall;
import java.util.List;
import java.util.Optional;

/**
 * Why an answer is what it is.
 *
 * @param release id of the release that answered
 * @param sequence of that release
 * @param indexes that were asked
 * @param where the condition in force
 * @param hits in their order
 */
public record Explanation(
    String release,
    long sequence,
    List<Index> indexes,
    Optional<String> where,
    List<ExplainedHit> hits) {

  /**
   * An index.
   *
   * @param family whose
   * @param encoder digest of the encoder of its vectors
   * @param bundle name of the model bundle
   * @param bundleDigest digest of it
   * @param rows segments in it
   * @param kept those that meet the condition
   * @param recall how much of what is near it finds, if that was measured
   */
  public record Index(
      String family,
      String encoder,
      String bundle,
      String bundleDigest,
      long rows,
      long kept,
      Optional<IndexRecall> recall) {}

  /**
   * A hit.
   *
   * @param assetId of it
   * @param segment of it
   * @param score what it was ranked by
   * @param parts where it stood in each list that the answer was made of
   * @param words what was looked for in words; empty where the index keeps none, or it was no words
   */
  public record ExplainedHit(
      String assetId,
      String segment,
      double score,
      List<Part> parts,
      Optional<MatchedWords> words) {
    public ExplainedHit {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A place in a list.
   *
   * @param list vector, words, or a family
   * @param rank from 1
   * @param score by what that list is ranked: a cosine, BM25
   * @param segment that stood there
   * @param adds to the score of the hit: all of it where there is one list, its weight by 60 + rank
   *     where there are several
   */
  public record Part(String list, int rank, double score, String segment, double adds) {}

  /**
   * The words of the question.
   *
   * @param segment that was looked into
   * @param found those that it holds
   * @param missing the others
   */
  public record MatchedWords(String segment, List<String> found, List<String> missing) {
    public MatchedWords {
      found = List.copyOf(found);
      missing = List.copyOf(missing);
    }
  }

  public Explanation {
    indexes = List.copyOf(indexes);
    hits = List.copyOf(hits);
  }
}
