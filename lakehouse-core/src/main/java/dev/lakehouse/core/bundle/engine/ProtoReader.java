// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** Reads untrusted protobuf as a stream of fields; holds no more than one name in memory. */
final class ProtoReader {
  private static final int DEEPEST = 64;
  private static final int LONGEST_NAME = 1 << 16;
  private static final int NUMBER = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int MEASURED = 2;
  private static final int FOUR_BYTES = 5;

  /** Takes or skips the field that comes next. */
  interface Fields {
    void next(ProtoReader proto, int field) throws IOException;
  }

  private final InputStream in;
  private final String place;
  private long position;
  private long end = Long.MAX_VALUE;
  private int wireType;
  private int depth;

  /**
   * @param place where the stream comes from, for people
   */
  ProtoReader(InputStream in, String place) {
    this.in = in;
    this.place = place;
  }

  /** Reads the fields of the outermost message, to the end of the stream. */
  void all(Fields fields) throws IOException {
    for (int first = in.read(); first >= 0; first = in.read()) {
      field(first, fields);
    }
  }

  /** Reads the fields of a message inside this one. */
  void message(Fields fields) throws IOException {
    requireWire(MEASURED);
    if (++depth > DEEPEST) {
      throw broken("its messages are nested deeper than " + DEEPEST);
    }
    long outer = end;
    end = length() + position;
    if (end > outer) {
      throw broken("one of its messages is longer than what holds it");
    }
    while (position < end) {
      field(in.read(), fields);
    }
    if (position != end) {
      throw broken("one of its fields is longer than its message");
    }
    end = outer;
    depth--;
  }

  private void field(int first, Fields fields) throws IOException {
    long tag = varint(first);
    wireType = (int) (tag & 7);
    fields.next(this, (int) (tag >>> 3));
  }

  long number() throws IOException {
    requireWire(NUMBER);
    return varint(in.read());
  }

  /** One number, or a packed run of them. */
  void numbers(LongConsumer each) throws IOException {
    if (wireType == NUMBER) {
      each.accept(number());
      return;
    }
    requireWire(MEASURED);
    long last = length() + position;
    while (position < last) {
      each.accept(varint(in.read()));
    }
  }

  String text() throws IOException {
    requireWire(MEASURED);
    long length = length();
    if (length > LONGEST_NAME) {
      throw broken("one of its names has %d bytes".formatted(length));
    }
    byte[] bytes = in.readNBytes((int) length);
    position += bytes.length;
    if (bytes.length < length) {
      throw broken("it ends early");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  void skip() throws IOException {
    switch (wireType) {
      case NUMBER -> varint(in.read());
      case EIGHT_BYTES -> skip(8);
      case MEASURED -> skip(length());
      case FOUR_BYTES -> skip(4);
      default -> throw broken("it has a field of wire type " + wireType);
    }
  }

  private void skip(long length) throws IOException {
    try {
      in.skipNBytes(length);
    } catch (EOFException e) {
      throw broken("it ends early");
    }
    position += length;
  }

  private long length() throws IOException {
    long length = varint(in.read());
    if (length < 0 || length > Long.MAX_VALUE / 2) {
      throw broken("one of its lengths makes no sense");
    }
    return length;
  }

  private long varint(int first) throws IOException {
    long value = 0;
    int next = first;
    for (int shift = 0; shift < 64; shift += 7) {
      if (next < 0) {
        throw broken("it ends early");
      }
      position++;
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
      next = in.read();
    }
    throw broken("one of its numbers has more than ten bytes");
  }

  private void requireWire(int expected) throws IOException {
    if (wireType != expected) {
      throw broken("it has wire type %d where %d belongs".formatted(wireType, expected));
    }
  }

  private LakehouseException broken(String why) {
    return LakehouseException.of(
        ErrorCode.MODEL_INVALID,
        "Cannot read %s: expected an ONNX file but %s. Export the model again",
        place,
        why);
  }
}
