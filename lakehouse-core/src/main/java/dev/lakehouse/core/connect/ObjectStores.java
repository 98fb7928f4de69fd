// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.net.URI;
import java.util.Set;

/**
 * Stores in which a file is visible as a whole, and only once it is written to its end, and a
 * rename is a copy.
 */
public final class ObjectStores {
  private static final Set<String> SCHEMES = Set.of("s3a", "s3", "s3n", "gs", "oss", "cosn");

  private ObjectStores() {}

  /** Whether a place with a scheme lies in one. */
  public static boolean hold(URI place) {
    return place.getScheme() != null && SCHEMES.contains(place.getScheme());
  }
}
