// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Pictures of plug-ins as RGB, from their samples: colour profiles are left aside. */
final class Rasters {

  private Rasters() {}

  static PixelImage toRgb(BufferedImage image) {
    byte[] rgb = new byte[Math.multiplyExact(image.getWidth() * image.getHeight(), 3)];
    if (isInts(image) || image.getColorModel() instanceof IndexColorModel) {
      fromColours(image, rgb);
    } else {
      fromSamples(image, rgb);
    }
    return new PixelImage(image.getWidth(), image.getHeight(), rgb);
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

  private static void fromSamples(BufferedImage image, byte[] rgb) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int bands = raster.getNumBands();
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
    boolean inks = model.getColorSpace().getType() == ColorSpace.TYPE_CMYK;
    boolean grey = bands < 3;
    int[] row = new int[raster.getWidth() * bands];
    int out = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int at = 0; at < row.length; at += bands) {
        for (int band = 0; band < 3; band++) {
          int value = row[grey ? at : at + band] >> shift;
          rgb[out++] =
              inks ? JpegColours.underInk(value, 255 - (row[at + 3] >> shift)) : (byte) value;
        }
      }
    }
  }
}
