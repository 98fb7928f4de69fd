// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The messages of a box, one after the other: each begins with a line {@code From …}. */
final class Mailbox {
  private static final byte[] BEGIN = "From ".getBytes(ISO_8859_1);

  private final InputStream in;
  private byte[] line;

  Mailbox(InputStream in) throws IOException {
    this.in = in;
    this.line = readLine();
  }

  /** The next one without its first line; empty after the last. */
  byte[] next() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    if (begins(line)) {
      line = readLine();
    }
    while (line.length > 0 && !begins(line)) {
      message.write(line);
      line = readLine();
    }
    return message.size() == 0 && line.length > 0 ? next() : message.toByteArray();
  }

  private static boolean begins(byte[] line) {
    if (line.length < BEGIN.length) {
      return false;
    }
    for (int i = 0; i < BEGIN.length; i++) {
      if (line[i] != BEGIN[i]) {
        return false;
      }
    }
    return true;
  }

  private byte[] readLine() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      read.write(b);
      if (b == '\n') {
        break;
      }
    }
    return read.toByteArray();
  }
}
