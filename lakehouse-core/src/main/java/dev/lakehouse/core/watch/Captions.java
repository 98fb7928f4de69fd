// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch;

import dev.lakehouse.core.Values;
import java.util.List;

/** The captions of an asset, as {@code Tables.CAPTIONS} lays them out. */
final class Captions {
  private static final int SHA256 = 1;

  private Captions() {}

  static List<String> digests(Values asset) {
    return asset
        .find("captions")
        .map(list -> ((List<?>) list).stream().map(Captions::digest).toList())
        .orElse(List.of());
  }

  private static String digest(Object caption) {
    return String.valueOf(((Object[]) caption)[SHA256]);
  }
}
