// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import java.util.Comparator;
import java.util.List;

/**
 * Something that a source offered, and where it stands.
 *
 * @param assetId its id
 * @param source name of the source; empty where nobody asked, or nothing of it is kept
 * @param sourceUri where it came from; empty where nobody asked
 * @param state one of {@link ItemState}
 * @param reasons codes of why it is not published or, if it is, of why it would no longer be
 */
public record Item(
    String assetId, String source, String sourceUri, ItemState state, List<String> reasons) {
  /** The code of an asset that its source no longer has. */
  static final String GONE = "GONE";

  /** The code of an asset that no judgement has seen. */
  static final String NOT_JUDGED = "NOT_JUDGED";

  /** The code of an asset that passed and waits for its vector. */
  static final String NOT_EMBEDDED = "NOT_EMBEDDED";

  /** The code of an asset that passed and is in no release yet. */
  static final String NOT_PUBLISHED = "NOT_PUBLISHED";

  static final Comparator<Item> BY_PLACE =
      Comparator.comparing(Item::sourceUri).thenComparing(Item::assetId);

  public Item {
    reasons = List.copyOf(reasons);
  }

  /** Whether it has a reason, or is in a state, of that name. */
  boolean is(String reason) {
    return reasons.contains(reason) || state.word().equals(reason);
  }
}
