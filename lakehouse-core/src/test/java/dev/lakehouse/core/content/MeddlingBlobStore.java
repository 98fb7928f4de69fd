// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;

/** A real store; while each of the next {@code times} puts is under way, something else happens. */
final class MeddlingBlobStore implements BlobStore {
  private static final long serialVersionUID = 1L;

  /** What happens meanwhile. */
  interface Meddling {
    void happen() throws IOException;
  }

  private final BlobStore store;
  private final transient Meddling meddling;
  private int times;

  MeddlingBlobStore(BlobStore store, int times, Meddling meddling) {
    this.store = store;
    this.times = times;
    this.meddling = meddling;
  }

  @Override
  public String root() {
    return store.root();
  }

  @Override
  public String put(InputStream content) throws IOException {
    if (times > 0) {
      times--;
      meddling.happen();
    }
    return store.put(content);
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
