// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import java.util.Set;

/**
 * A sentence about a scene.
 *
 * @param text lower case
 * @param facts what it claims
 */
public record Caption(String text, Set<String> facts) {

  public Caption {
    facts = Set.copyOf(facts);
  }

  /** Whether it is true of a scene. */
  public boolean holdsOf(Scene scene) {
    return scene.facts().containsAll(facts);
  }
}
