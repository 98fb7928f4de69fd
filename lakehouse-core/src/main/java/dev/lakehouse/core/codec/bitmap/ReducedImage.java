// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

/**
 * A picture that may have been decoded smaller than it is stored.
 *
 * @param pixels what was decoded, upright
 * @param width of the picture in these pixels; of the last column it may have a part only
 * @param height of the picture in these pixels; of the last row it may have a part only
 */
public record ReducedImage(PixelImage pixels, double width, double height) {

  /** A picture as it is stored. */
  public static ReducedImage whole(PixelImage pixels) {
    return new ReducedImage(pixels, pixels.width(), pixels.height());
  }
}
