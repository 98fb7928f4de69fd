// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Bytes kept under the hash of their content, each at {@code sha256/ab/cd/<sha256>} below a root.
 *
 * <p>Storing the same bytes twice is one blob and not an error, also after a lost acknowledgement
 * and from many tasks at once. A blob is visible whole or not at all. A blob is never changed, and
 * may be empty.
 *
 * <p>Kept to what the flow needs; a method here is a method every store must implement. A new store
 * passes {@code BlobStoreContract}.
 */
public interface BlobStore extends Serializable {

  /** URI of the root. */
  String root();

  /**
   * Stores the stream to its end and leaves it open.
   *
   * @return SHA-256 of the bytes, 64 lower-case hex digits
   * @throws IOException if the stream cannot be read or the store cannot be written; nothing is
   *     then visible that was not before
   * @throws dev.lakehouse.core.LakehouseException if a blob of this name has another length
   */
  String put(InputStream content) throws IOException;

  /**
   * Opens a blob. The stream checks the bytes against the name and fails at the end if they differ.
   *
   * @throws FileNotFoundException if there is no such blob
   */
  InputStream open(String sha256) throws IOException;

  /**
   * How many bytes a blob has; they are not looked at.
   *
   * @throws FileNotFoundException if there is no such blob
   */
  long size(String sha256) throws IOException;

  /** The file of this machine that is the blob, there or not, where the store has such files. */
  default Optional<Path> file(String sha256) {
    return Optional.empty();
  }

  /** Whether there is such a blob; its bytes are not looked at. */
  boolean has(String sha256) throws IOException;

  /** Removes a blob that nothing needs, or whose bytes are not what its name says. */
  void remove(String sha256) throws IOException;

  /** Shows every file below the root, unfinished uploads too. */
  void list(Consumer<StoredFile> seen) throws IOException;

  /**
   * Removes a file, unless it was put again meanwhile. Where the storage can tell, a put that finds
   * a blob counts as one, so that what clean-up takes for a leftover is not lost to whoever just
   * stored the same bytes.
   *
   * @param since when a file must not have been put any more
   * @return whether it is gone
   */
  boolean discard(StoredFile file, Instant since) throws IOException;

  /** URI of a blob, whether it is there or not. */
  default String uri(String sha256) {
    return root() + "/" + BlobNames.path(sha256);
  }
}
