// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A protobuf message while it is written: the few wire types that an ONNX file has. */
final class Proto {
  private static final int NUMBER = 0;
  private static final int MEASURED = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Proto number(int field, long value) {
    tag(field, NUMBER);
    varint(value);
    return this;
  }

  Proto real(int field, float value) {
    tag(field, FOUR_BYTES);
    bytes.writeBytes(
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return this;
  }

  Proto text(int field, String value) {
    return raw(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Proto message(int field, Proto value) {
    return raw(field, value.bytes());
  }

  Proto raw(int field, byte[] value) {
    announce(field, value.length);
    bytes.writeBytes(value);
    return this;
  }

  /** The head of a field whose bytes the caller writes behind this message. */
  Proto announce(int field, long length) {
    tag(field, MEASURED);
    varint(length);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  int length() {
    return bytes.size();
  }

  private void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
