// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.time.Instant;
import java.util.Optional;

/**
 * A file of a blob store: a blob, or what is left of one that was never whole.
 *
 * @param path below the root
 * @param bytes its length
 * @param lastPut when it was last stored, or last found there by somebody who stored the same
 */
public record StoredFile(String path, long bytes, Instant lastPut) {

  /** The name of the blob; empty where the file is none. */
  public Optional<String> sha256() {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return BlobNames.isDigest(name) && path.equals(BlobNames.path(name))
        ? Optional.of(name)
        : Optional.empty();
  }

  /** Whether it is an upload that did not come to its end, or has not yet. */
  public boolean isUpload() {
    return path.startsWith(BlobNames.STAGING + "/");
  }
}
