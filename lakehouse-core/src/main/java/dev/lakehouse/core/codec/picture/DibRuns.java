// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;

/** Run-length coded indexes of a bitmap, four or eight bits each. */
final class DibRuns {
  private static final int END_OF_ROW = 0;
  private static final int END_OF_BITMAP = 1;
  private static final int JUMP = 2;

  private final Bytes in;
  private final int width;
  private final int height;
  private final int depth;
  private final byte[] indexes;
  private long at;
  private int x;
  private int row;

  DibRuns(Bytes in, long at, int width, int height, int depth) {
    this.in = in;
    this.at = at;
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.indexes = new byte[width * height];
  }

  /**
   * All indexes in coded order; those that were jumped over are 0.
   *
   * @throws ItemException with {@code TRUNCATED} if the end of the bitmap is not reached
   */
  byte[] decode() throws ItemException {
    boolean more = true;
    while (more && (row < height - 1 || x < width)) {
      int count = in.u8(at);
      int value = in.u8(at + 1);
      at += 2;
      if (count > 0) {
        run(count, value);
      } else {
        more = escape(value);
      }
    }
    return indexes;
  }

  private void run(int count, int value) throws ItemException {
    for (int i = 0; i < count; i++) {
      put(depth == 8 ? value : i % 2 == 0 ? value >> 4 : value & 15);
    }
  }

  private boolean escape(int code) throws ItemException {
    switch (code) {
      case END_OF_ROW -> {
        x = 0;
        row++;
      }
      case END_OF_BITMAP -> {
        return false;
      }
      case JUMP -> {
        x += in.u8(at);
        row += in.u8(at + 1);
        at += 2;
      }
      default -> literal(code);
    }
    if (row > height) {
      throw new ItemException(ItemError.CORRUPT, "Bitmap with more rows than its header says");
    }
    return true;
  }

  private void literal(int count) throws ItemException {
    for (int i = 0; i < count; i++) {
      int value = in.u8(at + (depth == 8 ? i : i / 2));
      put(depth == 8 ? value : i % 2 == 0 ? value >> 4 : value & 15);
    }
    int bytes = depth == 8 ? count : (count + 1) / 2;
    at += bytes + (bytes & 1); // padded to 16 bits
  }

  /** What runs beyond its row is dropped, as the reference does. */
  private void put(int index) throws ItemException {
    if (row >= height) {
      throw new ItemException(ItemError.CORRUPT, "Bitmap with more rows than its header says");
    }
    if (x < width) {
      indexes[row * width + x] = (byte) index;
      x++;
    }
  }
}
