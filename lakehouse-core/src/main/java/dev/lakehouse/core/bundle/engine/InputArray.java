// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/** Hands a tensor to a session in the number format that the network declares for its input. */
final class InputArray {
  private InputArray() {}

  /**
   * An array of the numbers; those that need no other format are not copied.
   *
   * @param wanted the declared format; absent where the network says nothing
   */
  static NDArray of(NDManager arrays, Tensor tensor, @Nullable DataType wanted) {
    Shape shape = new Shape(tensor.shape());
    if (tensor instanceof Tensor.Floats floats) {
      FloatBuffer values = floats.values().rewind();
      return wanted == DataType.FLOAT16
          ? arrays.create(halves(values), shape, DataType.FLOAT16)
          : arrays.create(values, shape, DataType.FLOAT32);
    }
    LongBuffer values = ((Tensor.Longs) tensor).values().rewind();
    return wanted == null || wanted == DataType.INT64
        ? arrays.create(values, shape, DataType.INT64)
        : arrays.create(converted(values, wanted), shape, wanted);
  }

  private static ByteBuffer halves(FloatBuffer values) {
    ByteBuffer halves = room(values.remaining(), Short.BYTES);
    for (int i = 0; i < values.limit(); i++) {
      halves.putShort(Fp16Conversions.floatToFp16(values.get(i)));
    }
    return halves.flip();
  }

  private static ByteBuffer converted(LongBuffer values, DataType wanted) {
    ByteBuffer numbers = room(values.remaining(), wanted.getNumOfBytes());
    for (int i = 0; i < values.limit(); i++) {
      put(values.get(i), wanted, numbers);
    }
    return numbers.flip();
  }

  private static void put(long value, DataType wanted, ByteBuffer numbers) {
    switch (wanted) {
      case INT32 -> numbers.putInt(Math.toIntExact(value));
      case BOOLEAN -> numbers.put((byte) (value == 0 ? 0 : 1));
      case FLOAT32 -> numbers.putFloat(value);
      case FLOAT16 -> numbers.putShort(Fp16Conversions.floatToFp16(value));
      default -> throw new IllegalArgumentException("Cannot feed whole numbers as " + wanted);
    }
  }

  private static ByteBuffer room(int count, int width) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(count, width))
        .order(ByteOrder.nativeOrder());
  }
}
