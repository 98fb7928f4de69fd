// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.codec.text.TextCodec;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One content, opened, to be read in the way that suits its reader: whole in memory, as a text, or
 * as a file, however large it is. Nothing is read before somebody asks; whatever is read was
 * checked against the name that the content is kept under. For one thread.
 *
 * <p>All that reads throws an {@link ItemException}: BLOB_MISSING, or for a referenced blob
 * SOURCE_GONE, SOURCE_CHANGED or SOURCE_UNREADABLE; and a {@link LakehouseException} if a blob of
 * the store does not match its name, or the store cannot be read.
 */
public final class Opened implements Closeable {
  private final StoredBytes stored;
  private final long maxBytes;
  private @Nullable Path spool;
  private @Nullable Path file;

  /**
   * @param maxBytes of what is held in memory
   */
  Opened(StoredBytes stored, long maxBytes) {
    this.stored = stored;
    this.maxBytes = maxBytes;
  }

  /**
   * All of it in memory; for a text its UTF-8 bytes.
   *
   * @throws ItemException BYTE_LIMIT if that is more than may be held, or as said above
   */
  public byte[] bytes() throws ItemException {
    byte[] bytes = stored.read(in -> in.readNBytes((int) maxBytes + 1));
    if (bytes.length > maxBytes) {
      throw new ItemException(
          ItemError.BYTE_LIMIT, "%s has more than %d bytes".formatted(stored.uri(), maxBytes));
    }
    return bytes;
  }

  /**
   * The text that it is.
   *
   * @throws ItemException INVALID_ENCODING if its bytes are none, BYTE_LIMIT, or as said above
   */
  public String text() throws ItemException {
    return stored instanceof InlineBytes inline ? inline.text() : TextCodec.decode(bytes()).text();
  }

  /** SHA-256 of its bytes as they are, 64 hex digits; takes no memory to speak of. */
  public String sha256() throws ItemException {
    return stored.read(in -> HashedCopy.of(in, OutputStream.nullOutputStream()).sha256());
  }

  /** Bytes that it has, which costs a request where it is kept elsewhere. */
  public long size() throws ItemException {
    return stored.size();
  }

  /**
   * A file on this machine that holds it, checked when it is first asked for: the store's own where
   * that is a local folder, else a copy that is gone when this is closed. Not to be written to.
   *
   * @throws IOException if the local disk has no room for the copy
   */
  public Path file() throws ItemException, IOException {
    Path found = file;
    if (found == null) {
      Optional<Path> local = stored.local();
      found = local.isPresent() ? checked(local.get()) : spooled();
      file = found;
    }
    return found;
  }

  private Path checked(Path local) throws ItemException {
    String unused = sha256(); // throws what is wrong with it
    return local;
  }

  private Path spooled() throws ItemException, IOException {
    Path folder = JvmFolder.newFolder("spool");
    spool = folder;
    Path target = folder.resolve("content");
    try (OutputStream out = Files.newOutputStream(target)) {
      var unused = stored.read(in -> HashedCopy.of(in, out));
    }
    return target;
  }

  /** The same to be read at any place. */
  public SeekableByteChannel channel() throws ItemException, IOException {
    return Files.newByteChannel(file());
  }

  @Override
  public void close() {
    if (spool != null) {
      JvmFolder.delete(spool);
      spool = null;
      file = null;
    }
  }
}
