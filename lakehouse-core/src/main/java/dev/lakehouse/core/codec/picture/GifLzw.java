// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;

/** The variant of LZW that GIF uses: codes from the low bits up, at most twelve bits wide. */
final class GifLzw {
  private static final int MAX_CODES = 4096;

  private final byte[] packed;
  private final int firstBits;
  private final int clear;
  private final short[] prefix = new short[MAX_CODES];
  private final byte[] last = new byte[MAX_CODES];
  private final byte[] stack = new byte[MAX_CODES];
  private long bit;

  /**
   * Prepares to decode.
   *
   * @param rootBits bits of an index, as the byte before the data says
   */
  GifLzw(byte[] packed, int rootBits) throws ItemException {
    if (rootBits < 1 || rootBits > 8) {
      throw new ItemException(
          ItemError.CORRUPT, "GIF data with %d bits an index".formatted(rootBits));
    }
    this.packed = packed;
    this.firstBits = rootBits + 1;
    this.clear = 1 << rootBits;
    for (int i = 0; i < clear; i++) {
      last[i] = (byte) i;
    }
  }

  /**
   * The indexes of so many pixels.
   *
   * @throws ItemException with {@code TRUNCATED} if the data holds fewer
   */
  byte[] decode(int pixels) throws ItemException {
    requireRoomFor(pixels);
    byte[] out = new byte[pixels];
    int filled = 0;
    int bits = firstBits;
    int next = clear + 2;
    int previous = -1;
    while (filled < pixels) {
      int code = read(bits);
      if (code == clear) {
        bits = firstBits;
        next = clear + 2;
        previous = -1;
        continue;
      }
      if (code == clear + 1) {
        throw cut(filled, pixels);
      }
      if (code > next || (code == next && previous < 0)) {
        throw new ItemException(ItemError.CORRUPT, "GIF data with a code that was never defined");
      }
      byte first = firstOf(code < next ? code : previous);
      if (previous >= 0 && next < MAX_CODES) {
        prefix[next] = (short) previous;
        last[next] = first;
        next++;
        bits += next == 1 << bits && bits < 12 ? 1 : 0;
      }
      filled = emit(code, out, filled);
      previous = code;
    }
    return out;
  }

  /** A code stands for at most as many pixels as there are codes, and takes at least two bits. */
  private void requireRoomFor(int pixels) throws ItemException {
    if (packed.length * 4L * MAX_CODES < pixels) {
      throw cut(0, pixels);
    }
  }

  private static ItemException cut(int filled, int pixels) {
    return new ItemException(
        ItemError.TRUNCATED, "GIF data ends after %d of %d pixels".formatted(filled, pixels));
  }

  private int read(int bits) throws ItemException {
    if (bit + bits > packed.length * 8L) {
      throw new ItemException(ItemError.TRUNCATED, "GIF data ends inside a picture");
    }
    int code = 0;
    for (int i = 0; i < bits; i++, bit++) {
      code |= (packed[(int) (bit >> 3)] >> (bit & 7) & 1) << i;
    }
    return code;
  }

  private byte firstOf(int code) {
    int root = code;
    while (root >= clear + 2) {
      root = prefix[root];
    }
    return last[root];
  }

  private int emit(int code, byte[] out, int from) {
    int depth = 0;
    int at = code;
    while (at >= clear + 2) {
      stack[depth++] = last[at];
      at = prefix[at];
    }
    stack[depth++] = last[at];
    int filled = from;
    while (depth > 0 && filled < out.length) {
      out[filled++] = stack[--depth];
    }
    return filled;
  }
}
