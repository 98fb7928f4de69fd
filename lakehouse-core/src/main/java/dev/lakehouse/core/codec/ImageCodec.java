// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.codec.CodecException.Code;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Bytes to pixels. */
public final class ImageCodec {

  private ImageCodec() {}

  /** The pixels of the bytes. */
  public static PixelImage decode(byte[] bytes, Limits limits) throws CodecException {
    BufferedImage image;
    try {
      image = ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException | RuntimeException e) {
      throw new CodecException(Code.CORRUPT, "Cannot decode: " + e.getMessage(), e);
    }
    if (image == null) {
      throw new CodecException(Code.UNSUPPORTED_FORMAT, "No codec for these bytes");
    }
    int width = image.getWidth();
    int height = image.getHeight();
    int[] row = new int[width];
    byte[] rgb = new byte[width * height * 3];
    int out = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        rgb[out++] = (byte) (pixel >> 16);
        rgb[out++] = (byte) (pixel >> 8);
        rgb[out++] = (byte) pixel;
      }
    }
    return new PixelImage(width, height, rgb);
  }
}
