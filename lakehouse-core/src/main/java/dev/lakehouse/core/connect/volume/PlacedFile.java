// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.volume;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file whose name says what is in it, written under that name where nothing can be renamed.
 *
 * <p>A mark stands while it is written. So what is too short and has a mark is finished by whoever
 * comes next, with the same bytes, and what is too short and has none is damage.
 *
 * @param files the file system
 * @param target of the file
 * @param mark a name of its own
 * @param length bytes that it must have
 */
public record PlacedFile(FileSystem files, Path target, Path mark, long length) {
  private static final long PAUSE_MILLIS = 1000;

  /** Of one JVM one writes at a time; of several, both write the same. */
  private static final Object[] LOCKS = new Object[64];

  static {
    for (int i = 0; i < LOCKS.length; i++) {
      LOCKS[i] = new Object();
    }
  }

  /**
   * Writes it, unless it is there, or something of another length is that nobody is about to write.
   *
   * @param staged a file of the same file system with its bytes
   */
  public void write(Path staged) throws IOException {
    synchronized (LOCKS[Math.floorMod(target.hashCode(), LOCKS.length)]) {
      OptionalLong found = settled();
      if (found.isEmpty() || (found.getAsLong() != length && files.exists(mark))) {
        files.create(mark, true).close();
        copy(staged);
        files.delete(mark, false);
      }
    }
  }

  /** Its length, once it is whole or has stood still for a while: whoever wrote it may be gone. */
  private OptionalLong settled() throws IOException {
    OptionalLong found = found();
    while (found.isPresent() && found.getAsLong() != length && files.exists(mark)) {
      pause();
      OptionalLong before = found;
      found = found();
      if (found.equals(before)) {
        return found;
      }
    }
    return found;
  }

  private OptionalLong found() throws IOException {
    try {
      return OptionalLong.of(files.getFileStatus(target).getLen());
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while somebody else wrote the same file");
    }
  }

  private void copy(Path staged) throws IOException {
    try (InputStream in = files.open(staged);
        FSDataOutputStream out = files.create(target, true)) {
      in.transferTo(out);
      out.hsync();
    }
    OptionalLong found = found();
    if (found.isEmpty() || found.getAsLong() != length) {
      throw new IOException("Wrote %d bytes to %s but found %s".formatted(length, target, found));
    }
  }
}
