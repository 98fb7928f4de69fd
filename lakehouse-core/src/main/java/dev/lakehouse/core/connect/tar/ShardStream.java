// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import dev.lakehouse.core.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Seekable;

/**
 * The bytes of a tar with the place that reading has come to. What is skipped is not read where the
 * storage can seek; what is read at one go has a limit, since headers may claim any length.
 */
final class ShardStream extends BulkInputStream {
  /** The length of a stream of which only reading tells it. */
  static final long UNKNOWN = Long.MAX_VALUE;

  private static final long TRIFLE = 64 << 10;

  private final long length;
  private long position;
  private long allowed;

  /**
   * A stream at its beginning.
   *
   * @param length in bytes, or {@link #UNKNOWN}
   */
  ShardStream(InputStream in, long length) {
    super(in);
    this.length = length;
  }

  /** How many bytes are behind. */
  long position() {
    return position;
  }

  /** How many bytes may be read from here on, until this is said again. */
  void allow(long bytes) {
    allowed = bytes;
  }

  /** Whether the stream is known to end before a place. */
  boolean endsBefore(long place) {
    return place > length;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    int read = super.read(into, offset, wanted);
    position += Math.max(0, read);
    allowed -= Math.max(0, read);
    if (allowed < 0) {
      throw new IOException("A header is longer than any name needs");
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long most = Math.min(bytes, length - position);
    long skipped =
        most > TRIFLE && in instanceof Seekable seekable ? seek(seekable, most) : in.skip(most);
    position += skipped;
    return skipped;
  }

  private static long seek(Seekable in, long bytes) throws IOException {
    in.seek(in.getPos() + bytes);
    return bytes;
  }
}
