// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

/**
 * Decoded pixels: 8-bit RGB, row by row from the top left, three bytes a pixel.
 *
 * <p>Alpha is left out and palettes are looked up, as Pillow's {@code convert("RGB")} does.
 *
 * @param width pixels
 * @param height pixels
 * @param rgb {@code height * width * 3} bytes; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record PixelImage(int width, int height, byte[] rgb) {

  public PixelImage {
    if (rgb.length != Math.multiplyExact(Math.multiplyExact(width, height), 3)) {
      throw new IllegalArgumentException(
          "Image of %d x %d needs %d bytes, found %d"
              .formatted(width, height, (long) width * height * 3, rgb.length));
    }
  }
}
