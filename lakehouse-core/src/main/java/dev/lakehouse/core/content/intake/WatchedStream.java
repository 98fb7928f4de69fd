// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import dev.lakehouse.core.BulkInputStream;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.connect.FileState;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.Unpacked;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * A file being read under watch. Reading fails as soon as the limit is passed, and at the end if
 * the file is not what it was at the beginning; so a store that reads to the end before it
 * publishes never publishes a mixture.
 */
final class WatchedStream extends BulkInputStream {
  private final SourceFile file;
  private final FileState before;
  private final Instant opened;
  private final long maxBytes;
  private long count;
  private boolean ended;

  private WatchedStream(
      InputStream in, SourceFile file, FileState before, Instant opened, long maxBytes) {
    super(in);
    this.file = file;
    this.before = before;
    this.opened = opened;
    this.maxBytes = maxBytes;
  }

  /**
   * Opens a file.
   *
   * @param unpacked opens what is packed with others
   * @throws FileNotFoundException if it is not there
   * @throws SourceFailure if it is too long
   */
  static WatchedStream open(SourceFile file, Unpacked unpacked, long maxBytes) throws IOException {
    Instant opened = Instant.now();
    FileState before = file.state();
    requireWithin(before.length(), maxBytes);
    return new WatchedStream(unpacked.open(file), file, before, opened, maxBytes);
  }

  /** Mark of the state whose bytes these are, if there is one. */
  Optional<String> mark() {
    return before.mark(opened);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = readOrFail(into, offset, length);
    if (read < 0) {
      if (!ended) { // whoever reads on after the end is not told of what happened since
        requireUnchanged();
        ended = true;
      }
      return -1;
    }
    count += read;
    requireWithin(count, maxBytes);
    return read;
  }

  private int readOrFail(byte[] into, int offset, int length) throws SourceFailure {
    try {
      return super.read(into, offset, length);
    } catch (IOException e) {
      throw new SourceFailure(
          ItemError.SOURCE_UNREADABLE, "Reading failed after %d bytes: %s".formatted(count, e), e);
    }
  }

  private static void requireWithin(long bytes, long maxBytes) throws SourceFailure {
    if (bytes > maxBytes) {
      throw new SourceFailure(
          ItemError.BYTE_LIMIT,
          "At least %d bytes, more than lakehouse.limits.max-bytes (%d)"
              .formatted(bytes, maxBytes));
    }
  }

  private void requireUnchanged() throws SourceFailure {
    FileState after;
    try {
      after = file.state();
    } catch (FileNotFoundException e) {
      throw new SourceFailure(ItemError.SOURCE_GONE, "Vanished while it was read", e);
    } catch (IOException e) {
      throw new SourceFailure(
          ItemError.SOURCE_UNREADABLE, "Cannot be looked at after reading: " + e, e);
    }
    if (!after.equals(before) || after.length() != count) {
      throw new SourceFailure(
          ItemError.SOURCE_CHANGED,
          "Changed while it was read: was %s, is %s, read %d bytes"
              .formatted(before, after, count));
    }
  }
}
