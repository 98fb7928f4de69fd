// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** What a text may begin with to say which Unicode it is in. */
public enum ByteOrderMark {
  UTF_8(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
  UTF_32LE(Charset.forName("UTF-32LE"), 0xFF, 0xFE, 0, 0), // before UTF-16, whose mark it begins as
  UTF_32BE(Charset.forName("UTF-32BE"), 0, 0, 0xFE, 0xFF),
  UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE),
  UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF);

  private final Charset charset;
  private final byte[] bytes;

  ByteOrderMark(Charset charset, int... bytes) {
    this.charset = charset;
    this.bytes = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      this.bytes[i] = (byte) bytes[i];
    }
  }

  public Charset charset() {
    return charset;
  }

  public int length() {
    return bytes.length;
  }

  /** The mark that the bytes begin with. */
  public static Optional<ByteOrderMark> of(byte[] text) {
    return Arrays.stream(values()).filter(mark -> mark.begins(text)).findFirst();
  }

  private boolean begins(byte[] text) {
    return text.length >= bytes.length
        && Arrays.equals(text, 0, bytes.length, bytes, 0, bytes.length);
  }
}
