// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Text in some encoding, read as UTF-8. What is no text in it becomes a byte that no UTF-8 has, so
 * that it spoils its own line and is not replaced in silence.
 */
final class Transcoding extends InputStream {
  private static final int CHUNK = 16 << 10;
  private static final int NO_TEXT = 0xFF;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final int unit;
  private final ByteBuffer encoded = ByteBuffer.allocate(CHUNK).flip();
  private final CharBuffer chars = CharBuffer.allocate(CHUNK);
  private ByteBuffer utf8 = ByteBuffer.allocate(0);
  private boolean ended;

  Transcoding(InputStream in, Charset charset) {
    this.in = in;
    this.decoder = charset.newDecoder(); // reports what it cannot read
    this.unit =
        charset.name().startsWith("UTF-16") ? 2 : CHUNK; // the letter after half a pair stays
  }

  @Override
  public int read() throws IOException {
    return fill() ? utf8.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0 || !fill()) {
      return length == 0 ? 0 : -1;
    }
    int count = Math.min(length, utf8.remaining());
    utf8.get(into, offset, count);
    return count;
  }

  private boolean fill() throws IOException {
    while (!utf8.hasRemaining() && !ended) {
      utf8 = ByteBuffer.wrap(more());
    }
    return utf8.hasRemaining();
  }

  private byte[] more() throws IOException {
    encoded.compact();
    int count = in.read(encoded.array(), encoded.position(), encoded.remaining());
    encoded.position(encoded.position() + Math.max(0, count)).flip();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CoderResult result = CoderResult.OVERFLOW;
    while (!result.isUnderflow()) {
      result = decoder.decode(encoded, chars.clear(), count < 0);
      out.writeBytes(chars.flip().toString().getBytes(StandardCharsets.UTF_8));
      if (result.isError()) {
        out.write(NO_TEXT);
        encoded.position(encoded.position() + Math.min(unit, result.length()));
      }
    }
    ended = count < 0;
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
