// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Towers of one bundle that go by one name, since their vectors stand in one index: those of all
 * content but text, {@code audio+image}. One tower goes by its own name.
 */
public final class JointTowers {
  private static final String AND = "+";

  private JointTowers() {}

  /**
   * The name of those of some towers that are for other content than text; that of the text tower
   * where there is nothing else.
   *
   * @param towers names, at least one
   */
  public static String of(Collection<String> towers) {
    String others =
        towers.stream()
            .filter(tower -> !tower.equals(Tower.TEXT))
            .sorted()
            .collect(Collectors.joining(AND));
    return others.isEmpty() ? Tower.TEXT : others;
  }

  /** The towers that a name stands for, at least one. */
  public static List<String> in(String name) {
    return List.of(name.split("[+]"));
  }

  /** The name that a tower goes by among some. */
  static String of(String tower, Collection<String> towers) {
    return tower.equals(Tower.TEXT) ? tower : of(towers);
  }
}
