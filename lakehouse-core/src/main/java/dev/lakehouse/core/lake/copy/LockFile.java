// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.copy;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A lock that a JVM holds on a file as long as anybody in it needs that; the system gives it up
 * when the JVM is gone.
 *
 * <p>A JVM opens a file that it has locked no second time: closing any channel of a file gives up
 * all locks of the process on it.
 */
final class LockFile implements AutoCloseable {
  private static final Map<Path, LockFile> HELD = new HashMap<>();

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;
  private int holders = 1;

  private LockFile(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /** Locks a file together with others, or waits for who has it alone. */
  static LockFile shared(Path path) throws IOException {
    synchronized (HELD) {
      LockFile held = HELD.get(path);
      if (held != null) {
        held.holders++;
        return held;
      }
      FileChannel channel = open(path);
      return held(path, channel, channel.lock(0, Long.MAX_VALUE, true));
    }
  }

  /** Locks a file alone; empty where anybody has it, in this JVM or another. */
  static Optional<LockFile> alone(Path path) throws IOException {
    synchronized (HELD) {
      if (HELD.containsKey(path)) {
        return Optional.empty();
      }
      FileChannel channel = open(path);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(held(path, channel, lock));
    }
  }

  private static LockFile held(Path path, FileChannel channel, FileLock lock) {
    LockFile held = new LockFile(path, channel, lock);
    HELD.put(path, held);
    return held;
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, CREATE, READ, WRITE);
  }

  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      holders--;
      if (holders == 0) {
        HELD.remove(path);
        lock.close();
        channel.close();
      }
    }
  }
}
