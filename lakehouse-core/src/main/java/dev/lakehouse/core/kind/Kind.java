// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import dev.lakehouse.core.curate.Probe;
import dev.lakehouse.core.embed.TowerKind;

/**
 * A kind of content: what the house does with it, a facet for each room that does something.
 *
 * @param probe what measures it
 * @param tower what embeds it
 */
public record Kind(Probe probe, TowerKind tower) {}
