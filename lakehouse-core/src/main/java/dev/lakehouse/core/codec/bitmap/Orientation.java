// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

/** Turns and mirrors pixels as EXIF orientation asks. */
public final class Orientation {

  private Orientation() {}

  /**
   * The picture upright.
   *
   * @param orientation 1 to 8; 1 changes nothing
   */
  public static PixelImage apply(PixelImage stored, int orientation) {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("EXIF orientation is 1 to 8, not " + orientation);
    }
    if (orientation == 1) {
      return stored;
    }
    boolean sidewards = isSidewards(orientation);
    int width = sidewards ? stored.height() : stored.width();
    int height = sidewards ? stored.width() : stored.height();
    byte[] upright = new byte[stored.rgb().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = 3 * source(x, y, stored, orientation);
        int to = 3 * (y * width + x);
        upright[to] = stored.rgb()[from];
        upright[to + 1] = stored.rgb()[from + 1];
        upright[to + 2] = stored.rgb()[from + 2];
      }
    }
    return new PixelImage(width, height, upright);
  }

  /** Whether width and height change places. */
  public static boolean isSidewards(int orientation) {
    return orientation >= 5;
  }

  /** Index of the stored pixel that belongs at (x, y) of the upright picture. */
  private static int source(int x, int y, PixelImage stored, int orientation) {
    int right = stored.width() - 1;
    int bottom = stored.height() - 1;
    return switch (orientation) {
      case 2 -> y * stored.width() + right - x;
      case 3 -> (bottom - y) * stored.width() + right - x;
      case 4 -> (bottom - y) * stored.width() + x;
      case 5 -> x * stored.width() + y;
      case 6 -> (bottom - x) * stored.width() + y;
      case 7 -> (bottom - x) * stored.width() + right - y;
      case 8 -> x * stored.width() + right - y;
      default -> y * stored.width() + x;
    };
  }
}
