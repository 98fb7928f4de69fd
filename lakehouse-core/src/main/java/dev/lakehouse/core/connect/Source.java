// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.LakehouseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where items come from.
 *
 * <p>The same content of a source gives the same items in the same order. A source that cannot be
 * listed at all is refused when it is made, before any work.
 */
public interface Source {

  /** The name that goes into every asset_id; by default the canonical URI of the root. */
  String name();

  /**
   * Every item, read lazily; to be closed. An item that cannot be taken is in the stream as a
   * {@link Offer.Refused}.
   *
   * @throws LakehouseException if the source itself can no longer be read, also while streaming
   */
  Stream<SourceItem> items();

  /**
   * What the last {@link #items} passed over because nobody means it: lakes, version control, what
   * systems leave behind. By kind, how many; complete when the stream was read to its end.
   */
  default Map<String, Long> passedOver() {
    return Map.of();
  }

  /**
   * Whether several items of the stream may be parts of one, as rows of one picture are; {@link
   * ItemJoin} makes one of them.
   */
  default boolean hasParts() {
    return false;
  }

  /** Whether items are members of archives; those of one are read together where that is better. */
  default boolean hasArchives() {
    return false;
  }

  /**
   * URI of the file that lists the items, if there is one; places in it follow after a {@code #}.
   */
  default Optional<String> manifest() {
    return Optional.empty();
  }

  /**
   * Whether content costs so much to have that one asks whether it changed, by what is known of it.
   */
  default boolean isFetched() {
    return false;
  }

  /** How the source is understood, for people: what was given or found out, by name, in words. */
  default Map<String, String> reading() {
    return Map.of();
  }

  /** The fields that a look at its beginning shows; none where it has no such thing. */
  default List<String> fields() {
    return List.of();
  }
}
