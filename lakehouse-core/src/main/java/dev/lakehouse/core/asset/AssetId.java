// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.asset;

import dev.lakehouse.core.Digests;

/** Names an asset by where it came from, so that ingesting again finds the same row. */
public final class AssetId {

  private AssetId() {}

  /**
   * The first 32 hex digits of SHA-256(source ‖ NUL ‖ key).
   *
   * @param source name of the source
   * @param key relative path, record id, or {@code line:<n>}
   */
  public static String of(String source, String key) {
    return Digests.sha256(source + '\0' + key).substring(0, 32);
  }
}
