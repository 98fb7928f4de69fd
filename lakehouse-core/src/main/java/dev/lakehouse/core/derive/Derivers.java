// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.derive;

import java.io.Serializable;
import java.util.List;

/**
 * The derivers that there are.
 *
 * @param all at most one for a modality
 */
public record Derivers(List<Deriver> all) implements Serializable {
  public Derivers {
    all = List.copyOf(all);
  }

  /** Their names. */
  public List<String> names() {
    return all.stream().map(Deriver::name).toList();
  }

  /**
   * A deriver by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Deriver named(String name) {
    return all.stream()
        .filter(deriver -> deriver.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No deriver " + name));
  }
}
