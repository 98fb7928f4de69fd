// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.lake.IndexRecall;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one release does to one index.
 *
 * @param releaseId names the transaction, so that it is found again and never made twice
 * @param base version that the change was computed from; empty to replace the index as a whole
 * @param removed ids of assets all of whose rows leave: vanished ones, and changed ones before
 *     their new rows come
 * @param fragments what {@link FragmentWriter} returned for the new rows
 * @param measured what was measured of the base; holds where nothing changes
 */
public record IndexChange(
    String releaseId,
    OptionalLong base,
    Set<String> removed,
    List<byte[]> fragments,
    Optional<IndexRecall> measured) {

  public IndexChange {
    requireNonNull(releaseId, "releaseId is null");
    removed = Set.copyOf(removed);
    fragments = List.copyOf(fragments);
    if (base.isEmpty() && fragments.isEmpty()) {
      throw new IllegalArgumentException("An index cannot be made of no rows");
    }
  }

  /** An index made of these fragments alone. */
  public static IndexChange whole(String releaseId, List<byte[]> fragments) {
    return new IndexChange(releaseId, OptionalLong.empty(), Set.of(), fragments, Optional.empty());
  }

  /** The index at version {@code base} without the removed assets and with the new fragments. */
  public static IndexChange since(
      long base, String releaseId, Set<String> removed, List<byte[]> fragments) {
    return new IndexChange(releaseId, OptionalLong.of(base), removed, fragments, Optional.empty());
  }

  /** The same, where it is known how much of what is near the base finds. */
  public IndexChange measured(Optional<IndexRecall> recall) {
    return new IndexChange(releaseId, base, removed, fragments, recall);
  }

  boolean isEmpty() {
    return removed.isEmpty() && fragments.isEmpty();
  }
}
