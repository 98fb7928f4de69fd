// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import dev.lakehouse.core.Values;
import java.util.Optional;

/** What became of an item: always one of these, so that nothing is lost. */
public sealed interface Ingested {

  /**
   * A row of {@code assets}.
   *
   * @param row its columns
   * @param mark by which the same item is known again without reading it, if it can be
   */
  record Asset(Values row, Optional<String> mark) implements Ingested {}

  /**
   * A row of {@code dead_letters}.
   *
   * @param row its columns
   */
  record DeadLetter(Values row) implements Ingested {}

  /**
   * What is in the lake already as it would come in now, and was not read.
   *
   * @param key of the item
   * @param sourceUri where it is
   */
  record Unread(String key, String sourceUri) implements Ingested {}
}
