// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

/**
 * A rectangle of a picture.
 *
 * @param x pixels from the left
 * @param y pixels from the top
 * @param width pixels
 * @param height pixels
 */
public record Region(int x, int y, int width, int height) {

  public Region {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "Invalid region of %d x %d at %d, %d".formatted(width, height, x, y));
    }
  }

  /** All of a picture. */
  public static Region all(int width, int height) {
    return new Region(0, 0, width, height);
  }

  boolean inside(int otherWidth, int otherHeight) {
    return (long) x + width <= otherWidth && (long) y + height <= otherHeight;
  }
}
