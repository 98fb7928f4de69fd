// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.BulkInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** What a gzip file unpacks to, all of its parts, up to a size that no honest one has. */
public final class Unpacking extends BulkInputStream {
  private static final int BUFFER = 64 << 10;
  private static final long ALWAYS_FINE = 1L << 30;
  private static final long HONEST_RATIO = 100;

  private final long most;
  private long count;

  private Unpacking(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  /**
   * Begins to unpack.
   *
   * @param length of what is packed, in bytes
   */
  public static InputStream of(InputStream packed, long length) throws IOException {
    // gives what comes before damage, which not every reader does
    InputStream whole = new GZIPInputStream(new BufferedInputStream(packed, BUFFER), BUFFER);
    return new BufferedInputStream(
        new Unpacking(whole, Math.max(ALWAYS_FINE, HONEST_RATIO * length)), BUFFER);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    count += Math.max(0, read);
    if (count > most) {
      throw new BombException(most);
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    byte[] waste = new byte[(int) Math.min(bytes, BUFFER)];
    return Math.max(0, read(waste, 0, waste.length));
  }

  /** More comes out than an honest file holds. */
  public static final class BombException extends IOException {
    private static final long serialVersionUID = 1L;

    private BombException(long most) {
      super("It unpacks to more than %d bytes, which no honest file does".formatted(most));
    }
  }
}
