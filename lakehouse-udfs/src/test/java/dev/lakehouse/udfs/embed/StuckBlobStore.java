// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** A store that answers nobody who opens a blob, until they are interrupted. */
final class StuckBlobStore implements BlobStore {
  private static final long serialVersionUID = 1L;

  /** A permit for each blob that was opened. */
  static final Semaphore OPENED = new Semaphore(0);

  @Override
  public String root() {
    return "stuck:/";
  }

  @Override
  public InputStream open(String sha256) throws IOException {
    OPENED.release();
    try {
      new CountDownLatch(1).await();
      throw new IOException("nobody opens the latch");
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Override
  public String put(InputStream content) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long size(String sha256) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean has(String sha256) {
    return true;
  }

  @Override
  public void remove(String sha256) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void list(Consumer<StoredFile> seen) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean discard(StoredFile file, Instant since) {
    throw new UnsupportedOperationException();
  }
}
