// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.derive.Deriver;
import dev.lakehouse.core.embed.TowerKind;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of content: what the house does with it, a facet for each room that does something.
 *
 * @param probe what measures it
 * @param tower what embeds it; a kind without is measured, judged and published
 * @param deriver what takes pieces out of it by which it is found, as the settings want it
 */
public record Kind(
    Probe probe, Optional<TowerKind> tower, Optional<Function<Settings, Deriver>> deriver) {

  /** A kind that nothing embeds as a whole. */
  static Kind of(Probe probe) {
    return new Kind(probe, Optional.empty(), Optional.empty());
  }

  /** A kind that is embedded too. */
  static Kind of(Probe probe, TowerKind tower) {
    return new Kind(probe, Optional.of(tower), Optional.empty());
  }

  /** The same, with pieces. */
  Kind deriving(Deriver pieces) {
    return deriving(settings -> pieces);
  }

  /** The same, with pieces that settings decide on. */
  Kind deriving(Function<Settings, Deriver> pieces) {
    return new Kind(probe, tower, Optional.of(pieces));
  }
}
