// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.BulkInputStream;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Hashes what is read, and at the end compares it with what was expected. */
final class VerifiedStream extends BulkInputStream {
  private final String expected;
  private final Mismatch mismatch;
  private final MessageDigest digest = Digests.newSha256();
  private boolean ended;

  /** Makes what is thrown when the bytes are not the expected ones. */
  interface Mismatch {
    RuntimeException found(String sha256);
  }

  /** A blob read from a store, where another digest means damage. */
  static VerifiedStream ofBlob(InputStream in, String sha256, String uri) {
    return new VerifiedStream(
        in, sha256, found -> LakehouseException.corruptBlob(uri, sha256, found));
  }

  VerifiedStream(InputStream in, String expected, Mismatch mismatch) {
    super(in);
    this.expected = expected;
    this.mismatch = mismatch;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    if (read > 0) {
      digest.update(into, offset, read);
    } else if (read < 0 && !ended) {
      ended = true;
      String found = Digests.hex(digest.digest());
      if (!found.equals(expected)) {
        throw mismatch.found(found);
      }
    }
    return read;
  }

  /** Reads what it skips, because it must be hashed. */
  @Override
  public long skip(long count) throws IOException {
    byte[] buffer = new byte[(int) Math.min(Math.max(count, 0), 8192)];
    long skipped = 0;
    while (skipped < count) {
      int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }
}
