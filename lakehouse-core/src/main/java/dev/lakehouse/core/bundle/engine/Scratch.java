// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.bundle.description.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/**
 * Memory outside the Java heap into which one batch after the other is written: it grows to the
 * largest and stays. For one thread at a time.
 */
public final class Scratch {
  private final Map<Input, ByteBuffer> kept = new EnumMap<>(Input.class);

  Scratch() {}

  /** Room for an input; its numbers are what was left there. */
  public Tensor.Floats floats(Input input, long... shape) {
    return new Tensor.Floats(shape, bytes(input, shape, Float.BYTES).asFloatBuffer());
  }

  /** Room for an input; its numbers are what was left there. */
  public Tensor.Longs longs(Input input, long... shape) {
    return new Tensor.Longs(shape, bytes(input, shape, Long.BYTES).asLongBuffer());
  }

  private ByteBuffer bytes(Input input, long[] shape, int width) {
    int size = Tensor.size(shape, width);
    ByteBuffer room = kept.get(input);
    if (room == null || room.capacity() < size) {
      room = ByteBuffer.allocateDirect(size);
      kept.put(input, room);
    }
    return room.slice(0, size).order(ByteOrder.nativeOrder());
  }
}
