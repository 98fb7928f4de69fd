// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.Consumer;

/** Passes every call to a real store; what goes wrong with some of them is for others to say. */
public abstract class PassingBlobStore implements BlobStore {
  private static final long serialVersionUID = 1L;

  private final BlobStore store;

  protected PassingBlobStore(BlobStore store) {
    this.store = store;
  }

  @Override
  public final String root() {
    return store.root();
  }

  @Override
  public String put(InputStream content) throws IOException {
    return store.put(content);
  }

  @Override
  public InputStream open(String sha256) throws IOException {
    return store.open(sha256);
  }

  @Override
  public final long size(String sha256) throws IOException {
    return store.size(sha256);
  }

  @Override
  public final boolean has(String sha256) throws IOException {
    return store.has(sha256);
  }

  @Override
  public final void remove(String sha256) throws IOException {
    store.remove(sha256);
  }

  @Override
  public final void list(Consumer<StoredFile> seen) throws IOException {
    store.list(seen);
  }

  @Override
  public final boolean discard(StoredFile file, Instant since) throws IOException {
    return store.discard(file, since);
  }
}
