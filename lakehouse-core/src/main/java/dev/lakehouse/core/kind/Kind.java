// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.derive.Deriver;
import dev.lakehouse.core.embed.TowerKind;
import java.util.Optional;

/**
 * A kind of content: what the house does with it, a facet for each room that does something.
 *
 * @param probe what measures it
 * @param tower what embeds it; a kind without is measured, judged and published
 * @param deriver what takes passages out of it, by which it is found
 */
public record Kind(Probe probe, Optional<TowerKind> tower, Optional<Deriver> deriver) {

  /** A kind that nothing embeds as a whole. */
  static Kind of(Probe probe) {
    return new Kind(probe, Optional.empty(), Optional.empty());
  }

  /** A kind that is embedded too. */
  static Kind of(Probe probe, TowerKind tower) {
    return new Kind(probe, Optional.of(tower), Optional.empty());
  }

  /** The same, with passages. */
  Kind deriving(Deriver passages) {
    return new Kind(probe, tower, Optional.of(passages));
  }
}
