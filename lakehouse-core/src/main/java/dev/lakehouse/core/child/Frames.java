// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * What is said between us and a child: the number {@link #MARK}, the length of what follows, and
 * that; big endian. The child's program has the same of its own, since it shares no class with us.
 */
final class Frames {
  private static final int MARK = 0x4C484631;

  private Frames() {}

  /** A frame longer than anybody wants to hold. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(int length) {
      super("A frame of %d bytes".formatted(length));
    }
  }

  static void write(DataOutputStream out, byte[] content) throws IOException {
    out.writeInt(MARK);
    out.writeInt(content.length);
    out.write(content);
    out.flush();
  }

  /**
   * The next frame.
   *
   * @throws TooLongException if it claims more than that many bytes
   * @throws EOFException if there is no whole one
   */
  static byte[] read(DataInputStream in, int maxLength) throws IOException {
    int mark = in.readInt();
    if (mark != MARK) {
      throw new IOException("Not a frame: it begins with %08x".formatted(mark));
    }
    int length = in.readInt();
    if (length < 0 || length > maxLength) {
      throw new TooLongException(length);
    }
    byte[] content = in.readNBytes(length);
    if (content.length < length) {
      throw new EOFException("A frame of %d bytes ends after %d".formatted(length, content.length));
    }
    return content;
  }
}
