// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A run of bytes of an open file, which others read at the same time. */
final class PieceStream extends InputStream {
  private final FileChannel file;
  private final Runnable whenClosed;
  private final long end;
  private long position;
  private boolean closed;

  PieceStream(FileChannel file, long offset, long length, Runnable whenClosed) {
    this.file = file;
    this.position = offset;
    this.end = offset + length;
    this.whenClosed = whenClosed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (position == end) {
      return -1;
    }
    int most = (int) Math.min(length, end - position);
    int read = file.read(ByteBuffer.wrap(into, offset, most), position);
    position += Math.max(0, read);
    return read;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      whenClosed.run();
    }
  }
}
