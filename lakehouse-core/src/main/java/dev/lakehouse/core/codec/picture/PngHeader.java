// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;

/** The IHDR chunk of a PNG. */
record PngHeader(int width, int height, int depth, int colour, boolean interlaced) {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  /** The seven passes of Adam7: first column, first row, step between columns, between rows. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  /** Reads the chunk's 13 bytes at an offset. */
  static PngHeader read(Bytes in, long at, Limits limits) throws ItemException {
    limits.requireArea(in.u32(at), in.u32(at + 4));
    PngHeader header =
        new PngHeader(
            in.i32(at), in.i32(at + 4), in.u8(at + 8), in.u8(at + 9), in.u8(at + 12) == 1);
    if (!header.isLegal() || in.u8(at + 10) != 0 || in.u8(at + 11) != 0 || in.u8(at + 12) > 1) {
      throw new ItemException(
          ItemError.CORRUPT,
          "PNG header with colour type %d, depth %d, compression %d, filter %d, interlace %d"
              .formatted(
                  header.colour, header.depth, in.u8(at + 10), in.u8(at + 11), in.u8(at + 12)));
    }
    return header;
  }

  private boolean isLegal() {
    return switch (colour) {
      case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case RGB, GREY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  int channels() {
    return switch (colour) {
      case RGB -> 3;
      case GREY_ALPHA -> 2;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  /** Bytes of a row of so many pixels, without its filter byte. */
  int rowBytes(int pixels) {
    return Math.toIntExact(((long) pixels * channels() * depth + 7) / 8);
  }

  /** Bytes between a byte and the one that filters see left of it. */
  int filterDistance() {
    return Math.max(1, channels() * depth / 8);
  }

  /** The i-th of samples that are no larger than a byte, in a row behind its filter's number. */
  int sample(byte[] row, int i) {
    int bit = i * depth;
    int shift = 8 - depth - (bit & 7);
    return row[1 + (bit >> 3)] >> shift & (1 << depth) - 1;
  }

  int[][] passes() {
    return interlaced ? ADAM7 : WHOLE;
  }

  int columns(int[] pass) {
    return (width - pass[0] + pass[2] - 1) / pass[2];
  }

  int rows(int[] pass) {
    return (height - pass[1] + pass[3] - 1) / pass[3];
  }

  /** Bytes of all rows of all passes, with their filter bytes. */
  long rawBytes() {
    long sum = 0;
    for (int[] pass : passes()) {
      if (columns(pass) > 0) {
        sum += (long) rows(pass) * (1 + rowBytes(columns(pass)));
      }
    }
    return sum;
  }
}
