// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Splits UTF-8 at line ends. Holds one line, and not even that when it is longer than {@link
 * #MAX_BYTES}. A mark at the beginning is left out.
 */
public final class LineReader implements Reading<TextLine> {
  public static final int MAX_BYTES = 16 << 20;
  private static final int[] MARK = {0xEF, 0xBB, 0xBF};
  private static final int SAMPLE = 1 << 20;

  private final InputStream in;
  private final int end;
  private long number;

  /** Lines end with LF or CR LF; with CR alone in a file whose beginning has no LF at all. */
  public LineReader(InputStream utf8) throws IOException {
    this.in = new BufferedInputStream(utf8, 64 << 10);
    this.end = end(in);
    in.mark(MARK.length);
    for (int expected : MARK) {
      if (in.read() != expected) {
        in.reset();
        break;
      }
    }
  }

  private static int end(InputStream in) throws IOException {
    in.mark(SAMPLE);
    boolean returns = false;
    int b = in.read();
    for (int i = 1; i < SAMPLE && b >= 0 && b != '\n'; i++, b = in.read()) {
      returns |= b == '\r';
    }
    in.reset();
    return returns && b != '\n' ? '\r' : '\n';
  }

  @Override
  public Optional<TextLine> next() throws IOException {
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    for (; b >= 0 && b != end; b = in.read()) {
      tooLong = tooLong || line.size() == MAX_BYTES;
      if (!tooLong) {
        line.write(b);
      }
    }
    number++;
    return Optional.of(tooLong ? new TextLine(number, Optional.empty(), "\n") : line(line, b));
  }

  private TextLine line(ByteArrayOutputStream line, int last) {
    byte[] bytes = line.toByteArray();
    String ended = last < 0 ? "" : String.valueOf((char) last);
    if (end == '\n' && bytes.length > 0 && bytes[bytes.length - 1] == '\r') {
      bytes = Arrays.copyOf(bytes, bytes.length - 1);
      ended = "\r" + ended;
    }
    return new TextLine(number, Optional.of(bytes), ended);
  }

  /** Whether lines end with CR alone. */
  public boolean endsWithReturn() {
    return end == '\r';
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
