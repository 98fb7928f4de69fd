// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.lake.index.IndexColumns;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A question to a release, for {@link Searcher#ask}.
 *
 * @param sought what is looked for
 * @param mode what makes an asset an answer
 * @param family the only one to ask; empty for every one that can answer, each apart
 * @param k how many at most, 1 to 1000
 * @param offset how many of the best to pass over; with k together 10000 at most
 * @param where a condition that hits must meet
 * @param each of what an answer holds one
 * @param collapse the cosine from which on a hit is a near-duplicate of a better one, which then
 *     stands for it; above 0 to 1, with k and offset together 1000 at most; empty to list all
 * @param fused weights, above 0, of families whose answers become one; empty to keep them apart
 */
public record SearchRequest(
    Sought sought,
    SearchMode mode,
    Optional<String> family,
    int k,
    int offset,
    Optional<Filter> where,
    Each each,
    Optional<Double> collapse,
    Map<String, Double> fused) {
  /** A cosine from which on two are near-duplicates, where nobody says another. */
  public static final double COLLAPSE = 0.95;

  private static final int K = 10;
  private static final int MAX_REACH = 10_000;
  private static final int MAX_COLLAPSED = 1_000;

  public SearchRequest {
    requireNonNull(sought, "sought is null");
    requireNonNull(mode, "mode is null");
    requireNonNull(each, "each is null");
    fused = Collections.unmodifiableMap(new LinkedHashMap<>(fused));
    if (sought instanceof Sought.Content content) {
      String unused = SearchQuery.require(content.input(), k);
    } else {
      SearchQuery.requireK(k);
    }
    if (offset < 0 || offset > MAX_REACH - k) {
      throw invalid(
          "--offset: %d (must be between 0 and %d with -k %d)".formatted(offset, MAX_REACH - k, k));
    }
    if (mode != SearchMode.VECTOR && words(sought).isEmpty()) {
      throw invalid(
          "--mode %s: it takes words, and this is none. Leave --mode out".formatted(mode.word()));
    }
    requireWeights(family, fused);
    if (collapse.isPresent()) {
      requireCollapse(collapse.get(), offset + k, fused);
    }
  }

  private static void requireCollapse(double cosine, int reach, Map<String, Double> fused) {
    if (!(cosine > 0 && cosine <= 1)) {
      throw invalid("--collapse: %s (must be above 0 and at most 1)".formatted(cosine));
    }
    if (!fused.isEmpty()) {
      throw invalid(
          "--collapse with --fuse: vectors are alike within one family. Leave one of them out");
    }
    if (reach > MAX_COLLAPSED) {
      throw invalid(
          "--collapse: -k and --offset are %d together (at most %d, since all are compared)"
              .formatted(reach, MAX_COLLAPSED));
    }
  }

  private static void requireWeights(Optional<String> family, Map<String, Double> fused) {
    if (family.isPresent() && !fused.isEmpty()) {
      throw invalid("--fuse: it names the families itself. Leave --family out");
    }
    fused.forEach(
        (name, weight) -> {
          if (!(weight > 0) || weight.isInfinite()) {
            throw invalid("--fuse %s=%s (a weight must be above 0)".formatted(name, weight));
          }
        });
  }

  private static LakehouseException invalid(String what) {
    return LakehouseException.of(ErrorCode.CONFIG_INVALID, "Invalid %s", what);
  }

  /** The ten assets nearest to something, in every family that can answer, each apart. */
  public static SearchRequest of(Sought sought) {
    return new SearchRequest(
        sought,
        SearchMode.VECTOR,
        Optional.empty(),
        K,
        0,
        Optional.empty(),
        Each.ASSET,
        Optional.empty(),
        Map.of());
  }

  /** The same in another mode. */
  public SearchRequest in(SearchMode other) {
    return new SearchRequest(sought, other, family, k, offset, where, each, collapse, fused);
  }

  /** The same of one family. */
  public SearchRequest ofFamily(String name) {
    return new SearchRequest(
        sought, mode, Optional.of(name), k, offset, where, each, collapse, fused);
  }

  /**
   * Another part of the same list: without holes and repeats beside the parts before it, as long as
   * the same release answers.
   */
  public SearchRequest page(int from, int size) {
    return new SearchRequest(sought, mode, family, size, from, where, each, collapse, fused);
  }

  /** The same under a condition, as the user wrote it. */
  public SearchRequest where(String condition) {
    return where(Filter.parse(condition, IndexColumns.FILTERS));
  }

  /** The same under a condition over {@link IndexColumns#FILTERS}. */
  SearchRequest where(Filter condition) {
    return new SearchRequest(
        sought, mode, family, k, offset, Optional.of(condition), each, collapse, fused);
  }

  /** The same with one hit of each. */
  public SearchRequest each(Each other) {
    return new SearchRequest(sought, mode, family, k, offset, where, other, collapse, fused);
  }

  /**
   * The same without near-duplicates of what stands higher: its vector and theirs have this cosine
   * or more.
   */
  public SearchRequest collapse(double cosine) {
    return new SearchRequest(
        sought, mode, family, k, offset, where, each, Optional.of(cosine), fused);
  }

  /** The same with the answers of some families as one. */
  public SearchRequest fuse(Map<String, Double> weights) {
    return new SearchRequest(sought, mode, family, k, offset, where, each, collapse, weights);
  }

  /** The words that are looked for, if it is words. */
  Optional<String> words() {
    return words(sought);
  }

  private static Optional<String> words(Sought sought) {
    if (sought instanceof Sought.Content content) {
      if (content.input() instanceof EmbedInput.Query query) {
        return Optional.of(query.text());
      }
      if (content.input() instanceof EmbedInput.Text text) {
        return Optional.of(text.text());
      }
    }
    return Optional.empty();
  }
}
