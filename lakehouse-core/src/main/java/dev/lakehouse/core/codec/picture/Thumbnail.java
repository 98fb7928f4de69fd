// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import dev.lakehouse.core.codec.bitmap.Reduction;
import dev.lakehouse.core.codec.bitmap.Resample;
import dev.lakehouse.core.codec.bitmap.ResampleFilter;

/** A picture made small, to be looked at. */
public final class Thumbnail {

  private Thumbnail() {}

  /**
   * A JPEG of a picture.
   *
   * @param side pixels of its longer side at most; smaller pictures stay as they are
   * @throws ItemException if it cannot be decoded within the limits
   */
  public static byte[] jpeg(byte[] picture, Limits limits, int side) throws ItemException {
    return PictureWriter.jpeg(of(picture, limits, side));
  }

  /**
   * The pixels of a picture, upright.
   *
   * @param side pixels of its longer side at most; smaller pictures stay as they are
   * @throws ItemException if it cannot be decoded within the limits
   */
  public static PixelImage of(byte[] picture, Limits limits, int side) throws ItemException {
    ReducedImage image =
        ImageCodec.decode(picture, limits, (width, height) -> reduction(width, height, side));
    double scale = Math.min(1, side / Math.max(image.width(), image.height()));
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    return Resample.resize(image.pixels(), width, height, ResampleFilter.BILINEAR);
  }

  private static int reduction(int width, int height, int side) {
    int by = Math.max(width, height) / (2 * side);
    return Math.max(1, Integer.highestOneBit(Math.max(1, Math.min(Reduction.MOST, by))));
  }
}
