// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Splits bytes at line feeds, and only there. Holds one line, and not even that when it is longer
 * than {@link #MAX_BYTES}. A UTF-8 mark at the beginning is left out.
 */
final class LineReader implements Reading<Line> {
  static final int MAX_BYTES = 16 << 20;
  private static final int[] MARK = {0xEF, 0xBB, 0xBF};

  private final InputStream in;
  private long number;

  LineReader(InputStream in) throws IOException {
    this.in = new BufferedInputStream(in, 64 << 10);
    this.in.mark(MARK.length);
    for (int expected : MARK) {
      if (this.in.read() != expected) {
        this.in.reset();
        break;
      }
    }
  }

  @Override
  public Optional<Line> next() throws IOException {
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    for (; b >= 0 && b != '\n'; b = in.read()) {
      tooLong = tooLong || line.size() == MAX_BYTES;
      if (!tooLong) {
        line.write(b);
      }
    }
    number++;
    return Optional.of(
        new Line(number, tooLong ? Optional.empty() : Optional.of(line.toByteArray())));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
