// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

import dev.lakehouse.core.codec.bitmap.PixelImage;

/**
 * The brightness of a picture, 0 (black) to 255 (white), row by row.
 *
 * @param width pixels
 * @param height pixels
 * @param levels {@code width * height} values
 */
@SuppressWarnings("ArrayRecordComponent")
record Luminance(int width, int height, byte[] levels) {

  /** ITU-R 601 luma, rounded as Pillow's {@code convert("L")} does. */
  static Luminance of(PixelImage image) {
    byte[] rgb = image.rgb();
    byte[] levels = new byte[rgb.length / 3];
    for (int i = 0; i < levels.length; i++) {
      int red = rgb[3 * i] & 0xFF;
      int green = rgb[3 * i + 1] & 0xFF;
      int blue = rgb[3 * i + 2] & 0xFF;
      levels[i] = (byte) (red * 19595 + green * 38470 + blue * 7471 + 0x8000 >> 16);
    }
    return new Luminance(image.width(), image.height(), levels);
  }

  /** The level at a place. */
  int at(int x, int y) {
    return levels[y * width + x] & 0xFF;
  }

  /** How often each level occurs. */
  long[] histogram() {
    long[] counts = new long[256];
    for (byte level : levels) {
      counts[level & 0xFF]++;
    }
    return counts;
  }

  /**
   * A copy of at most so many pixels a side: each of its pixels is the rounded mean of a square of
   * the original. Squares cut off at the right and lower edge are left out.
   */
  Luminance reducedTo(int maxSide) {
    int step = (Math.max(width, height) + maxSide - 1) / maxSide;
    if (step <= 1 || width < step || height < step) {
      return this;
    }
    int reducedWidth = width / step;
    int reducedHeight = height / step;
    byte[] reduced = new byte[reducedWidth * reducedHeight];
    for (int y = 0; y < reducedHeight; y++) {
      for (int x = 0; x < reducedWidth; x++) {
        reduced[y * reducedWidth + x] = (byte) mean(x * step, y * step, step, step);
      }
    }
    return new Luminance(reducedWidth, reducedHeight, reduced);
  }

  /** The rounded mean of a rectangle. */
  int mean(int left, int top, int columns, int rows) {
    long sum = 0;
    for (int y = top; y < top + rows; y++) {
      for (int x = left; x < left + columns; x++) {
        sum += at(x, y);
      }
    }
    long count = (long) columns * rows;
    return (int) ((sum + count / 2) / count);
  }
}
