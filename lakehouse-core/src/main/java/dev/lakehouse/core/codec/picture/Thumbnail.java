// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import dev.lakehouse.core.codec.bitmap.Reduction;
import dev.lakehouse.core.codec.bitmap.Resample;
import dev.lakehouse.core.codec.bitmap.ResampleFilter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

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
    return jpeg(
        ImageCodec.decode(picture, limits, (width, height) -> reduction(width, height, side)),
        side);
  }

  private static int reduction(int width, int height, int side) {
    int by = Math.max(width, height) / (2 * side);
    return Math.max(1, Integer.highestOneBit(Math.max(1, Math.min(Reduction.MOST, by))));
  }

  private static byte[] jpeg(ReducedImage image, int side) {
    PixelImage pixels = image.pixels();
    double scale = Math.min(1, side / Math.max(image.width(), image.height()));
    int width = Math.max(1, (int) Math.round(image.width() * scale));
    int height = Math.max(1, (int) Math.round(image.height() * scale));
    PixelImage small = Resample.resize(pixels, width, height, ResampleFilter.BILINEAR);
    BufferedImage raster = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setRGB(x, y, rgb(small.rgb(), 3 * (y * width + x)));
      }
    }
    return written(raster);
  }

  private static int rgb(byte[] rgb, int at) {
    return (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | rgb[at + 2] & 0xFF;
  }

  private static byte[] written(BufferedImage raster) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(raster, "jpeg", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot write a JPEG into memory", e);
    }
  }
}
