// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

/** Takes for each pixel of the target the one of the source that lies under its centre. */
final class Nearest {
  private static final int BANDS = 3;

  private Nearest() {}

  static PixelImage resize(ReducedImage reduced, int width, int height, Region part) {
    PixelImage image = reduced.pixels();
    int[] columns = sources(reduced.width(), width, part.x(), part.width(), image.width());
    int[] rows = sources(reduced.height(), height, part.y(), part.height(), image.height());
    byte[] rgb = new byte[Math.multiplyExact(rows.length, columns.length * BANDS)];
    int at = 0;
    for (int row : rows) {
      int line = row * image.width() * BANDS;
      for (int column : columns) {
        System.arraycopy(image.rgb(), line + column * BANDS, rgb, at, BANDS);
        at += BANDS;
      }
    }
    return new PixelImage(columns.length, rows.length, rgb);
  }

  /** Adds step to step as Pillow does, since its sums decide which pixel a centre falls on. */
  private static int[] sources(double extent, int to, int first, int size, int from) {
    double step = extent / to;
    double centre = step * 0.5;
    int[] sources = new int[size];
    for (int i = 0; i < first + size; i++) {
      if (i >= first) {
        sources[i - first] = Math.min(from - 1, (int) centre);
      }
      centre += step;
    }
    return sources;
  }
}
