// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.PassingBlobStore;
import java.io.IOException;
import java.io.InputStream;

/** A real store; while each of the next {@code times} puts is under way, something else happens. */
final class MeddlingBlobStore extends PassingBlobStore {
  private static final long serialVersionUID = 1L;

  /** What happens meanwhile. */
  interface Meddling {
    void happen() throws IOException;
  }

  private final transient Meddling meddling;
  private int times;

  MeddlingBlobStore(BlobStore store, int times, Meddling meddling) {
    super(store);
    this.times = times;
    this.meddling = meddling;
  }

  @Override
  public String put(InputStream content) throws IOException {
    if (times > 0) {
      times--;
      meddling.happen();
    }
    return super.put(content);
  }
}
