// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a child answers, up to a number of bytes; knows how long it has been waited for. */
final class MeteredInput extends FilterInputStream {
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final long maxBytes;
  private long bytes;
  private volatile boolean overfull;
  private volatile long waitingSince = System.nanoTime();

  MeteredInput(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    waitingSince = System.nanoTime();
    int count = in.read(target, offset, length);
    waitingSince = count < 0 ? System.nanoTime() : NOT_WAITING; // at its end it has to exit
    if (count > 0) {
      bytes += count;
      if (bytes > maxBytes) {
        overfull = true;
        throw new IOException("It answers with more than %d bytes".formatted(maxBytes));
      }
    }
    return count;
  }

  /** Throws away the rest. */
  void drain() throws IOException {
    byte[] rest = new byte[1 << 13];
    while (read(rest, 0, rest.length) >= 0) {
      // counted, and forgotten
    }
  }

  boolean isOverfull() {
    return overfull;
  }

  /** How long the reader has been waiting for it; 0 while the reader is busy. */
  long silentNanos(long nowNanos) {
    long since = waitingSince;
    return since == NOT_WAITING ? 0 : Math.max(0, nowNanos - since);
  }
}
