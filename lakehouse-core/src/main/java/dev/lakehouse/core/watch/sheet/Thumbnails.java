// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.sheet;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import dev.lakehouse.core.codec.bitmap.Reduction;
import dev.lakehouse.core.codec.bitmap.Resample;
import dev.lakehouse.core.codec.bitmap.ResampleFilter;
import dev.lakehouse.core.codec.picture.ImageCodec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Pictures made small enough to lie inside a page, as many as its size allows. */
public final class Thumbnails {
  static final int SIDE = 176;

  private final Limits limits;
  private long room;

  /**
   * @param limits on what is decoded
   * @param bytes that all of them may take
   */
  public Thumbnails(Limits limits, long bytes) {
    this.limits = limits;
    this.room = bytes;
  }

  /**
   * A picture as a {@code data:} URI; empty where no room is left for it.
   *
   * @throws ItemException if it cannot be decoded
   */
  public Optional<String> of(byte[] bytes) throws ItemException {
    if (room <= 0) {
      return Optional.empty();
    }
    byte[] jpeg = jpeg(ImageCodec.decode(bytes, limits, Thumbnails::reduction));
    room -= jpeg.length;
    return Optional.of("data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg));
  }

  private static int reduction(int width, int height) {
    int by = Math.max(width, height) / (2 * SIDE);
    return Math.max(1, Integer.highestOneBit(Math.max(1, Math.min(Reduction.MOST, by))));
  }

  private static byte[] jpeg(ReducedImage image) {
    PixelImage pixels = image.pixels();
    double scale = Math.min(1, SIDE / Math.max(image.width(), image.height()));
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
