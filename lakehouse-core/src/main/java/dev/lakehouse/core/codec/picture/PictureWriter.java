// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pixels as files of common formats. */
public final class PictureWriter {
  /** Of 0, smallest, to 1, at once: most of the gain comes with the first effort. */
  private static final float PNG_HASTE = 0.9f;

  private PictureWriter() {}

  /** A JPEG of the usual quality. */
  public static byte[] jpeg(PixelImage pixels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(raster(pixels), "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a JPEG into memory", e);
    }
    return out.toByteArray();
  }

  /** A PNG, which holds the very pixels. */
  public static byte[] png(PixelImage pixels) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(PNG_HASTE);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster(pixels), null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a PNG into memory", e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static BufferedImage raster(PixelImage pixels) {
    BufferedImage raster =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_3BYTE_BGR);
    raster
        .getRaster()
        .setDataElements(0, 0, pixels.width(), pixels.height(), pixels.rgb()); // by bands: R, G, B
    return raster;
  }
}
