// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import dev.lakehouse.core.curate.Probe;

/**
 * A kind of content: what the house does with it, a facet for each room that does something.
 *
 * @param name for people and tables
 * @param probe what measures it
 */
public record Kind(String name, Probe probe) {}
