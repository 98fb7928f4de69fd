// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.List;

/**
 * Dead letters of one code.
 *
 * @param code stable
 * @param stages that met it
 * @param count how many there are
 * @param examples some of them
 */
public record LostItems(String code, List<String> stages, long count, List<Example> examples) {
  public LostItems {
    stages = List.copyOf(stages);
    examples = List.copyOf(examples);
  }

  /**
   * One of them.
   *
   * @param place where it was, as people read it
   * @param part of the item, where it is one
   * @param message for people
   */
  public record Example(String place, String part, String message) {}
}
