// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Passes calls to a real store, except that the next {@code failures} puts fail after the write.
 */
public final class FailingBlobStore implements BlobStore {
  private static final long serialVersionUID = 1L;

  private final BlobStore store;
  private int failures;

  public FailingBlobStore(BlobStore store, int failures) {
    this.store = store;
    this.failures = failures;
  }

  @Override
  public String root() {
    return store.root();
  }

  @Override
  public String put(InputStream content) throws IOException {
    String sha256 = store.put(content);
    if (failures > 0) {
      failures--;
      throw new IOException("Injected: the answer of a put that happened is lost");
    }
    return sha256;
  }

  @Override
  public InputStream open(String sha256) throws IOException {
    return store.open(sha256);
  }

  @Override
  public boolean has(String sha256) throws IOException {
    return store.has(sha256);
  }

  @Override
  public void remove(String sha256) throws IOException {
    store.remove(sha256);
  }

  @Override
  public void list(Consumer<StoredFile> seen) throws IOException {
    store.list(seen);
  }

  @Override
  public boolean discard(StoredFile file, Instant since) throws IOException {
    return store.discard(file, since);
  }
}
