// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.util.regex.Pattern;

/** How blobs are named below the root of a store. */
final class BlobNames {
  /** Where uploads stand until they are whole, in stores that can rename. */
  static final String STAGING = ".staging";

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private BlobNames() {}

  /**
   * Relative path of a blob.
   *
   * @throws IllegalArgumentException if the name is not a SHA-256; so no name can leave the root
   */
  static String path(String sha256) {
    if (!isDigest(sha256)) {
      throw new IllegalArgumentException(
          "Not a blob name: '" + sha256 + "' (expected 64 lower-case hex digits)");
    }
    return "sha256/" + sha256.substring(0, 2) + "/" + sha256.substring(2, 4) + "/" + sha256;
  }

  static boolean isDigest(String name) {
    return SHA256.matcher(name).matches();
  }
}
