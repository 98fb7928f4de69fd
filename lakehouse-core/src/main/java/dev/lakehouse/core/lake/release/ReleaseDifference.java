// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.release;

import dev.lakehouse.core.lake.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What readers see otherwise in one release than in another.
 *
 * @param from the release that it is compared with; empty for a lake in which nothing was published
 * @param to the release itself
 * @param added assets that only the release has
 * @param removed assets that only the other has
 * @param changed assets of both, of which something is otherwise
 * @param same assets that both have as they are
 * @param columns of how many assets each column is otherwise; of a vector its encoder stands for
 *     it. Counted over {@link #counted} of those that changed
 * @param counted of the changed assets
 * @param reasons why the removed are not published, as was judged last; most frequent first
 * @param examples some of each kind, by asset
 */
public record ReleaseDifference(
    Optional<Release> from,
    Release to,
    long added,
    long removed,
    long changed,
    long same,
    Map<String, Long> columns,
    long counted,
    List<Reason> reasons,
    List<Example> examples) {

  public ReleaseDifference {
    reasons = List.copyOf(reasons);
    examples = List.copyOf(examples);
  }

  /** The same with examples that say something else. */
  public ReleaseDifference withExamples(UnaryOperator<Example> said) {
    return new ReleaseDifference(
        from,
        to,
        added,
        removed,
        changed,
        same,
        columns,
        counted,
        reasons,
        examples.stream().map(said).toList());
  }

  /** What became of an asset. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * Why some are not published any more.
   *
   * @param reason its code; {@code GONE} where the asset itself is gone, {@code PASSES} where it
   *     passes now and waits for the next release
   * @param count assets; one with several reasons counts under each
   */
  public record Reason(String reason, long count) {}

  /**
   * An asset that one has and the other has not, or has otherwise.
   *
   * @param kind what became of it
   * @param assetId its id
   * @param modality of it
   * @param title a short name, if it has one
   * @param sourceUri where it came from
   * @param columns that are otherwise, of one that changed
   * @param reasons why it is not published, of one that was removed
   */
  public record Example(
      Kind kind,
      String assetId,
      String modality,
      Optional<String> title,
      String sourceUri,
      List<String> columns,
      List<String> reasons) {

    /** The same without what says more of it than that it was there. */
    public Example nameless() {
      return new Example(kind, assetId, modality, Optional.empty(), "", columns, reasons);
    }
  }
}
