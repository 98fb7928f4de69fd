// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.io.IOException;
import java.io.InputStream;

/**
 * Passes calls to a real store, except that the next {@code failures} puts fail after the write.
 */
public final class FailingBlobStore extends PassingBlobStore {
  private static final long serialVersionUID = 1L;

  private int failures;

  public FailingBlobStore(BlobStore store, int failures) {
    super(store);
    this.failures = failures;
  }

  @Override
  public String put(InputStream content) throws IOException {
    String sha256 = super.put(content);
    if (failures > 0) {
      failures--;
      throw new IOException("Injected: the answer of a put that happened is lost");
    }
    return sha256;
  }
}
