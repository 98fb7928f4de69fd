// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * A float32 tensor of a network, drawn while it is written.
 *
 * @param name in the graph
 * @param mean of its numbers
 * @param deviation of its numbers; 0 for a constant
 * @param shape lengths along each axis, outermost first
 */
@SuppressWarnings("ArrayRecordComponent")
record Weights(String name, double mean, double deviation, long... shape) {
  private static final int FLOAT = 1;
  private static final int CHUNK = 1 << 14;

  /** The width of a uniform distribution of deviation 1 is twice this. */
  private static final double HALF_WIDTH = Math.sqrt(3);

  /** How many numbers it has. */
  long count() {
    long count = 1;
    for (long length : shape) {
      count = Math.multiplyExact(count, length);
    }
    return count;
  }

  long bytes() {
    return count() * Float.BYTES;
  }

  /** The fields of a TensorProto up to its numbers. */
  Proto head() {
    Proto tensor = new Proto();
    for (long length : shape) {
      tensor.number(1, length);
    }
    return tensor.number(2, FLOAT).text(8, name).announce(9, bytes());
  }

  /** Writes the numbers; the same name and seed give the same ones. */
  void write(OutputStream out, long seed) throws IOException {
    SplittableRandom random = random(seed);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long left = count(); left > 0; left -= CHUNK) {
      chunk.clear();
      for (long i = 0; i < Math.min(left, CHUNK); i++) {
        chunk.putFloat(next(random));
      }
      out.write(chunk.array(), 0, chunk.position());
    }
  }

  /** The same numbers in bfloat16, rounded to the nearest, ties to even. */
  byte[] bf16(long seed) {
    SplittableRandom random = random(seed);
    int count = Math.toIntExact(count());
    ByteBuffer numbers = ByteBuffer.allocate(count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      int bits = Float.floatToRawIntBits(next(random));
      numbers.putShort((short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16));
    }
    return numbers.array();
  }

  private SplittableRandom random(long seed) {
    return new SplittableRandom(seed * 31 + name.hashCode());
  }

  private float next(SplittableRandom random) {
    double drawn = deviation == 0 ? 0 : random.nextDouble(-HALF_WIDTH, HALF_WIDTH);
    return (float) (mean + deviation * drawn);
  }
}
