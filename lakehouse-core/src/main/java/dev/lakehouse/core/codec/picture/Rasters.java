// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.codec.bitmap.Opacity;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Optional;

/** Pictures of plug-ins as RGB, from their samples: colour profiles are left aside. */
final class Rasters {

  /** What alpha did to the colours beside it. */
  enum Alpha {
    APART,
    MULTIPLIED
  }

  private Rasters() {}

  static PixelImage toRgb(BufferedImage image, Alpha alpha) {
    byte[] rgb = new byte[Math.multiplyExact(image.getWidth() * image.getHeight(), 3)];
    if (isInts(image) || image.getColorModel() instanceof IndexColorModel) {
      fromColours(image, rgb);
    } else {
      fromSamples(image, alpha, rgb);
    }
    return new PixelImage(image.getWidth(), image.getHeight(), rgb);
  }

  /** The alpha of a picture whose last sample it is: one beside grey, or beside three colours. */
  static Optional<Opacity> opacity(BufferedImage image) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    boolean inks = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK;
    if (bands != 2 && bands != 4 || inks || isInts(image)) {
      return Optional.empty();
    }
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(bands - 1) - 8);
    int[] row = new int[raster.getWidth()];
    byte[] levels = new byte[raster.getWidth() * raster.getHeight()];
    for (int y = 0, out = 0; y < raster.getHeight(); y++) {
      int top = raster.getMinY() + y;
      raster.getSamples(raster.getMinX(), top, row.length, 1, bands - 1, row);
      for (int level : row) {
        levels[out++] = (byte) (level >> shift);
      }
    }
    return Opacity.of(levels);
  }

  private static boolean isInts(BufferedImage image) {
    return image.getType() == BufferedImage.TYPE_INT_RGB
        || image.getType() == BufferedImage.TYPE_INT_ARGB;
  }

  private static void fromColours(BufferedImage image, byte[] rgb) {
    int[] row = new int[image.getWidth()];
    int out = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      for (int pixel : row) {
        rgb[out++] = (byte) (pixel >> 16);
        rgb[out++] = (byte) (pixel >> 8);
        rgb[out++] = (byte) pixel;
      }
    }
  }

  private static void fromSamples(BufferedImage image, Alpha alpha, byte[] rgb) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int shift = shift(raster);
    boolean inks = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK;
    boolean multiplied = bands == 4 && alpha == Alpha.MULTIPLIED;
    int[] row = new int[raster.getWidth() * bands];
    int out = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int at = 0; at < row.length; at += bands) {
        int fourth = bands < 4 ? 255 : row[at + 3] >> shift;
        for (int band = 0; band < 3; band++) {
          int value = row[bands < 3 ? at : at + band] >> shift;
          rgb[out++] =
              inks
                  ? JpegColours.underInk(value, 255 - fourth)
                  : multiplied ? unmultiplied(value, fourth) : (byte) value;
        }
      }
    }
  }

  /** As Pillow takes alpha out of a colour that it was multiplied into. */
  private static byte unmultiplied(int value, int alpha) {
    return (byte) (alpha == 0 ? value : Math.min(255, 255 * value / alpha));
  }

  /**
   * How many low bits of a sample are dropped. Grey of 16 bits often holds a sensor's 8, 10 or 12:
   * of those the upper 8 that are in use are kept.
   */
  private static int shift(Raster raster) {
    int bits = raster.getSampleModel().getSampleSize(0);
    if (bits == 16 && raster.getNumBands() == 1) {
      int[] row = new int[raster.getWidth()];
      int used = 0;
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, row.length, 1, row);
        for (int value : row) {
          used |= value;
        }
      }
      bits = 32 - Integer.numberOfLeadingZeros(used);
    }
    return Math.max(0, bits - 8);
  }
}
