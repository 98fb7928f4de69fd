// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.Values;

/** What became of an item: always one of the two, so that nothing is lost. */
public sealed interface Ingested {

  /**
   * A row of {@code assets}.
   *
   * @param row its columns
   */
  record Asset(Values row) implements Ingested {}

  /**
   * A row of {@code dead_letters}.
   *
   * @param row its columns
   */
  record DeadLetter(Values row) implements Ingested {}
}
