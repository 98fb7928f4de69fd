// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** Makes files of pictures that have a form of their own in a PDF. */
final class PdfPictures {
  private static final long MAX_PIXELS = 50_000_000;

  private PdfPictures() {}

  /** Empty where it cannot be decoded, or is too large to be. */
  static byte[] png(PDImageXObject picture) {
    if ((long) picture.getWidth() * picture.getHeight() > MAX_PIXELS) {
      return new byte[0];
    }
    try {
      BufferedImage image = picture.getImage();
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      return png.toByteArray();
    } catch (IOException | RuntimeException e) {
      return new byte[0];
    }
  }
}
