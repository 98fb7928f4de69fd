// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * What a stream held.
 *
 * @param sha256 of its bytes
 * @param length bytes
 */
public record HashedCopy(String sha256, long length) {

  /** Copies a stream to its end, hashing as it goes; closes neither side. */
  public static HashedCopy of(InputStream in, OutputStream out) throws IOException {
    MessageDigest digest = Digests.newSha256();
    byte[] buffer = new byte[64 << 10];
    long length = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
      out.write(buffer, 0, read);
      length += read;
    }
    return new HashedCopy(Digests.hex(digest.digest()), length);
  }
}
