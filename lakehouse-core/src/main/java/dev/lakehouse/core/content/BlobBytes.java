// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The bytes of a blob in the store.
 *
 * @param blobs the store
 * @param sha256 name of the blob
 */
record BlobBytes(BlobStore blobs, String sha256) implements StoredBytes {
  @Override
  public String uri() {
    return blobs.uri(sha256);
  }

  @Override
  public <T> T read(Reading<T> reading) throws ItemException {
    try (InputStream in = blobs.open(sha256)) {
      return reading.of(in);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public long size() throws ItemException {
    try {
      return blobs.size(sha256);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public Optional<Path> local() {
    return blobs.file(sha256);
  }

  /** A blob that is absent is the item's own trouble, a store that cannot be read everybody's. */
  private ItemException failure(IOException e) {
    if (e instanceof FileNotFoundException) {
      return new ItemException(ItemError.BLOB_MISSING, "No blob " + uri(), e);
    }
    throw LakehouseException.because(
        e, ErrorCode.TRANSIENT, "Cannot read blob %s: %s", uri(), e.getMessage());
  }
}
