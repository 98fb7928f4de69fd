// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/** Numbers with a shape, outside the Java heap so that a session reads them where they are. */
public sealed interface Tensor {

  /** Lengths along each axis, outermost first. */
  long[] shape();

  /** The same numbers, for a thread of its own to read. */
  Tensor view();

  /** float32 numbers. */
  @SuppressWarnings("ArrayRecordComponent")
  record Floats(long[] shape, FloatBuffer values) implements Tensor {

    /** All zero. */
    public static Floats zeros(long... shape) {
      return new Floats(shape, bytes(shape, Float.BYTES).asFloatBuffer());
    }

    @Override
    public Floats view() {
      return new Floats(shape, values.duplicate());
    }

    @Override
    public String toString() {
      return "float32 " + Arrays.toString(shape);
    }
  }

  /** int64 numbers. */
  @SuppressWarnings("ArrayRecordComponent")
  record Longs(long[] shape, LongBuffer values) implements Tensor {

    /** All zero. */
    public static Longs zeros(long... shape) {
      return new Longs(shape, bytes(shape, Long.BYTES).asLongBuffer());
    }

    @Override
    public Longs view() {
      return new Longs(shape, values.duplicate());
    }

    @Override
    public String toString() {
      return "int64 " + Arrays.toString(shape);
    }
  }

  private static ByteBuffer bytes(long[] shape, int width) {
    return ByteBuffer.allocateDirect(size(shape, width)).order(ByteOrder.nativeOrder());
  }

  /** Bytes of numbers of a width. */
  static int size(long[] shape, int width) {
    long size = width;
    for (long length : shape) {
      size = Math.multiplyExact(size, length);
    }
    return Math.toIntExact(size);
  }
}
