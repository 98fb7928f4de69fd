// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import java.util.Optional;

/** Where in the name of a member its key ends. */
public enum KeyEnd {
  /**
   * At the first dot of the last segment, as the format says: {@code a/0001} of a/0001.left.jpg.
   */
  FIRST_DOT,
  /** At the last dot: {@code a/0001.left}. For names with dots of their own, as of versions. */
  LAST_DOT;

  /** The key of a member; empty where its name begins with the dot or has none. */
  Optional<String> key(String name) {
    int segment = name.lastIndexOf('/') + 1;
    int dot = this == FIRST_DOT ? name.indexOf('.', segment) : name.lastIndexOf('.');
    return dot > segment ? Optional.of(name.substring(0, dot)) : Optional.empty();
  }
}
